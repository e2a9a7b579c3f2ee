-- Why: joining takes minutes to days and survives restarts, so an application is a row whose status
-- names the next step. Personal text is ciphertext; addresses and what may be used once (a badge, an
-- EIN, a case number) are fingerprints.
create table application (
  id uuid primary key,
  user_id uuid not null unique,
  kind text not null
    check (kind in ('civilian', 'officer', 'charity', 'family', 'merchant', 'admin')),
  status text not null
    check (status in ('awaitingEmail', 'verifying', 'needsReview', 'approved', 'admitted',
                      'active', 'rejected')),
  address bytea not null check (octet_length(address) = 32),
  form bytea,
  password_hash text,
  claim bytea,
  findings bytea,
  reason bytea,
  event_id uuid,
  submitted_at timestamptz not null,
  confirmed_at timestamptz,
  changed_at timestamptz not null,
  failures integer not null default 0,
  next_try_at timestamptz,
  check ((status in ('admitted', 'active')) = (event_id is not null)),
  -- The password's hash lives here only until the credentials do.
  check ((status in ('awaitingEmail', 'verifying', 'needsReview', 'approved'))
         = (password_hash is not null)),
  check ((status in ('active', 'rejected')) = (form is null))
);

-- One address joins once, and so does one badge, EIN or case.
create unique index application_address on application (address)
  where status in ('verifying', 'needsReview', 'approved', 'admitted', 'active');
create unique index application_claim on application (claim)
  where status in ('approved', 'admitted', 'active');
create index application_at_work on application (id)
  where status in ('verifying', 'approved', 'admitted');
create index application_in_review on application (id) where status = 'needsReview';
create index application_waiting on application (address) where status = 'awaitingEmail';
create index application_unconfirmed on application (submitted_at)
  where status = 'awaitingEmail';

-- A mailed code opens one application, device relink or password reset, whose id it shares.
create table mailed_code (
  id uuid primary key,
  purpose text not null check (purpose in ('application', 'deviceRelink', 'passwordReset')),
  address bytea not null check (octet_length(address) = 32),
  -- Whose device or password it changes; null for an application, and for an address of nobody.
  user_id uuid,
  digest bytea not null check (octet_length(digest) = 32),
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  wrong_tries smallint not null default 0 check (wrong_tries between 0 and 5),
  used_at timestamptz
);

create index mailed_code_address on mailed_code (address, sent_at);
create index mailed_code_sent_at on mailed_code (sent_at);
