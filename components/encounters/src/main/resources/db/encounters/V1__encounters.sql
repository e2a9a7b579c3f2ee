-- Meetings from the first scan to their end, because a scan and its payment are two facts in two
-- rooms and the first must outlive a crash between them. Never a place or a distance.
create table encounter (
  id uuid primary key,
  civilian uuid not null,
  officer uuid not null,
  proof text not null check (proof in ('qr', 'request')),
  verdict text not null check (verdict in ('consistent', 'unknown')),
  -- A code proves one meeting.
  token_id uuid unique,
  -- The officer's Idempotency-Key and the digest of the body that came with it; they commit with
  -- the intent, the answer with the confirmation.
  idempotency_key text,
  request_digest bytea,
  status text not null check (status in ('pending', 'confirmed', 'refused')),
  made_at timestamptz not null,
  -- Each try to have it paid has a number, and only the latest may end it as refused: an older one
  -- may have heard no just before a later one heard yes.
  attempt int not null,
  tried_at timestamptz not null,
  ended_at timestamptz,
  transaction_id uuid,
  civilian_points bigint,
  officer_points bigint,
  quote text,
  refusal jsonb,
  unique (officer, idempotency_key),
  check ((proof = 'qr') = (token_id is not null)),
  check ((idempotency_key is null) = (request_digest is null)),
  check ((status = 'pending') = (ended_at is null)),
  check ((status = 'confirmed')
    = (transaction_id is not null and civilian_points is not null
       and officer_points is not null and quote is not null)),
  check ((status = 'refused') = (refusal is not null))
);

create index encounter_of_civilian on encounter (civilian, id desc);
create index encounter_of_officer on encounter (officer, id desc);
-- What a crash may have interrupted; all but empty at any time.
create index encounter_pending on encounter (tried_at) where status = 'pending';
