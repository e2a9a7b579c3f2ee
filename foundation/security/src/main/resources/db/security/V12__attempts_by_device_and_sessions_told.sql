-- Why: strangers' failures must not keep the owner of an account out, so failures are counted per
-- account for devices that never signed in to it and per device for those that did; and whoever has
-- sessions may look at them and end them.

alter table sign_in_attempt rename column email_fingerprint to subject;
comment on column sign_in_attempt.subject is
  'An HMAC of the address, or of address and device; made alike whether or not there is an account.';

create table known_device (
  user_id uuid not null references identity on delete cascade,
  device_fingerprint bytea not null,
  last_at timestamptz not null,
  primary key (user_id, device_fingerprint)
);
create index known_device_by_age on known_device (last_at);
comment on table known_device is
  'Devices that have signed in to an account, or were linked to it by a mailed code.';
insert into known_device (user_id, device_fingerprint, last_at)
  select user_id, device_fingerprint, now() from identity;

alter table session add column device_fingerprint bytea;
alter table session add column last_used_at timestamptz;
update session set last_used_at = started_at;
alter table session alter column last_used_at set not null;
alter table session drop constraint session_reason_check;
alter table session add constraint session_reason_check
  check (reason in ('signedOut', 'signedOutElsewhere', 'endedByAdmin', 'relinked', 'passwordReset',
                    'passwordChanged', 'refreshReused', 'tooMany', 'expired'));

create table oidc_link (
  subject bytea primary key,
  issuer text not null,
  user_id uuid not null references identity on delete cascade,
  made_at timestamptz not null,
  constraint oidc_link_one_per_issuer unique (user_id, issuer)
);
comment on column oidc_link.subject is 'An HMAC of the issuer''s address and its subject.';

alter table session add column foreign_session bytea constraint session_foreign_unique unique;
comment on column session.foreign_session is
  'For a session that began at another issuer: an HMAC of issuer, subject and its session.';
