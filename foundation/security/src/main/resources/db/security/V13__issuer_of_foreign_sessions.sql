-- Why: where the operator links a party to somebody else of an issuer, what the former one began
-- there must end.

alter table session add column foreign_issuer text;
comment on column session.foreign_issuer is
  'The address of the issuer at which the session began; null for ours.';
