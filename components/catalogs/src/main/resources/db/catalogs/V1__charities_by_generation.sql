-- Charities are kept by generation, so that a refresh can be written in short transactions and seen all at once.
create table catalog (
  name text primary key,
  -- The generation that readers see; a refresh becomes visible by this one update.
  generation bigint not null default 0
);
insert into catalog (name) values ('charities');

create table refresh (
  id uuid primary key,
  catalog text not null references catalog,
  generation bigint generated always as identity unique,
  source text not null,
  status text not null default 'running' check (status in ('running', 'applied', 'refused')),
  rows_read bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  removed bigint not null default 0,
  rejected bigint not null default 0,
  reason text,
  started_at timestamptz not null,
  finished_at timestamptz,
  check ((status = 'running') = (finished_at is null)),
  check ((status = 'refused') = (reason is not null))
);
create unique index refresh_one_at_a_time on refresh (catalog) where status = 'running';

-- One row for each version of a charity: visible from generation "since" up to, but not in, "until".
-- No street and no ICO: the latter is a person's name. That a row differs is told by its fingerprint.
create table charity (
  ein text collate "C" not null check (ein ~ '^[0-9]{9}$'),
  since bigint not null,
  until bigint not null default 9223372036854775807,
  name text not null,
  city text not null,
  state text,
  zip text not null,
  ntee_code text,
  deductible boolean not null,
  words text collate "C" not null,
  fingerprint bytea not null,
  search tsvector not null generated always as (
    setweight(to_tsvector('simple', words), 'A') || setweight(to_tsvector('simple', city), 'C')) stored,
  primary key (ein, since),
  check (since < until)
);
create index charity_since on charity (since, ein);
create index charity_until on charity (until, ein) where until < 9223372036854775807;
create index charity_search on charity using gin (search);

create view charity_now as
  select c.ein, c.name, c.city, c.state, c.zip, c.ntee_code, c.deductible, c.words, c.fingerprint, c.search
  from charity c join catalog k on k.name = 'charities' and c.since <= k.generation and k.generation < c.until;

-- The rows of the file at hand. Unlogged: after a crash it's empty, and the refresh begins anew.
create unlogged table charity_staging (
  ein text collate "C" not null,
  line bigint not null,
  -- Bad rows are kept as their EIN alone: a charity isn't gone because its row can't be read.
  bad boolean not null,
  name text,
  city text,
  state text,
  zip text,
  ntee_code text,
  deductible boolean,
  words text,
  fingerprint bytea
);
create index charity_staging_ein on charity_staging (ein);
