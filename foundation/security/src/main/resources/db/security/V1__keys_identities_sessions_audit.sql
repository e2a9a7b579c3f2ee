-- Why: who may come in and what they did. Nothing personal stands here in clear: keys are wrapped
-- by the master key outside the database, addresses are sealed or HMACs, tokens are digests.

create table house_key (
  name text primary key,
  kind text not null check (kind in ('symmetric', 'ed25519', 'ec-p256')),
  wrapped bytea not null,
  made_at timestamptz not null
);
comment on table house_key is 'Keys of the house, sealed under the master key; each name is one key for ever.';

create table person_key (
  person uuid primary key,
  wrapped bytea,
  made_at timestamptz not null,
  destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null))
);
comment on column person_key.wrapped is 'Null once destroyed; the row stays, so that no second key is made.';

create table identity (
  user_id uuid primary key,
  kind text not null check (kind in ('civilian', 'officer', 'charity', 'family', 'merchant', 'admin')),
  email_fingerprint bytea not null constraint identity_email_unique unique,
  email_sealed bytea not null,
  password text not null check (password like '$argon2id$%'),
  device_fingerprint bytea not null,
  enabled boolean not null default false,
  made_at timestamptz not null
);

create table session (
  id uuid primary key,
  user_id uuid not null references identity,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  reason text check (reason in ('signedOut', 'relinked', 'passwordReset', 'refreshReused', 'expired')),
  check ((ended_at is null) = (reason is null))
);
create index session_open_by_user on session (user_id) where ended_at is null;
create index session_open_by_expiry on session (expires_at) where ended_at is null;
create index session_ended on session (ended_at) where ended_at is not null;

create table refresh_token (
  digest bytea primary key,
  session_id uuid not null references session on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_token_by_session on refresh_token (session_id);

-- Failed attempts, whether or not the address has an account: the answer tells nothing about that.
create table sign_in_attempt (
  email_fingerprint bytea primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
create index sign_in_attempt_by_age on sign_in_attempt (last_at);

create table audit (
  id uuid primary key,
  at timestamptz not null,
  actor uuid,
  actor_kind text not null,
  address_sealed bytea,
  action text not null,
  subject text,
  outcome text not null,
  details jsonb not null,
  request_id uuid
);
comment on column audit.address_sealed is 'The actor''s network address under the actor''s key; never an officer''s.';
create index audit_by_actor on audit (actor, id);
create index audit_by_subject on audit (subject, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only ever appended to';
end
$$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function refuse_change();
alter table audit enable always trigger audit_append_only;
