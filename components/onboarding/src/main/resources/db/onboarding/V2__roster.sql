-- Why: officers are verified by their agency's roster; badge numbers are personal, so only their
-- fingerprints are kept. An agency's id is its name in the one form that is compared.
create table agency (
  id text primary key,
  name text not null,
  email_domain text not null,
  time_zone text not null,
  zip text not null check (zip ~ '^[0-9]{5}$')
);

create table badge (
  agency text not null references agency (id) on delete cascade,
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  primary key (agency, fingerprint)
);
