-- The two streams: writers must never wait for one another, so they append without a position; a
-- sequencer moves what is committed from the inbox into the log, where positions have no gaps.

create table stream (
  name text primary key,
  position bigint not null default 0
);
insert into stream (name) values ('users'), ('transactions');

-- Rows that wait for a position, in the order of their appending.
create table inbox (
  stream text not null,
  appended bigint generated always as identity,
  id uuid not null,
  type text not null,
  key text not null,
  time timestamptz not null,
  data jsonb not null,
  primary key (stream, appended)
);
-- It empties as fast as it fills, so what vacuum must clear is measured in rows, not in shares.
alter table inbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- The log. Rows are never updated.
create table event (
  stream text not null,
  position bigint not null,
  id uuid not null unique,
  type text not null,
  key text not null,
  time timestamptz not null,
  data jsonb not null,
  primary key (stream, position)
);

-- Where each consumer is. While a replay runs, replay_target is how far the consumer had been
-- before: up to there its tables already hold everything.
create table consumer (
  name text primary key,
  stream text not null,
  position bigint not null default 0,
  replay_target bigint,
  admits_parties boolean not null,
  unique (stream, name)
);

-- What a consumer couldn't take in. Of each key the first has the error; the others wait behind it.
create table parked (
  consumer text not null,
  position bigint not null,
  event_id uuid not null,
  key text not null,
  error text,
  attempts integer not null,
  parked_at timestamptz not null,
  retry boolean not null default false,
  primary key (consumer, position),
  unique (consumer, event_id)
);
create index parked_key on parked (consumer, key, position);
create index parked_retry on parked (consumer, position) where retry;
