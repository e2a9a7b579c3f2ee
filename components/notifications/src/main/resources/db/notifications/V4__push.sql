-- Why: people are told on devices where the app is closed, by kinds that they choose; where to send
-- it and its keys are as personal as an address, so they are ciphertext under the person's key.
alter table preference add column push text[] not null default '{}';

create table push_subscription (
  id uuid primary key,
  user_id uuid not null,
  -- With this session it ends.
  session_id uuid not null,
  -- HMAC of the address, by which the same one is found again.
  fingerprint bytea not null unique check (octet_length(fingerprint) = 32),
  sealed bytea not null,
  created_at timestamptz not null
);

create index push_subscription_of on push_subscription (user_id, created_at desc, id desc);
create index push_subscription_by on push_subscription (session_id);
