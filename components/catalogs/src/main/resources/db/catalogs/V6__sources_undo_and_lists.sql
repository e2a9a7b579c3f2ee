-- Sources are asked whether they have anything new, what a refresh did can be undone, a charity that disappears is remembered until it's back, and Publication 78 and the families are kept by generation as the charities are.
insert into catalog (name) values ('publication78'), ('families');
-- Whether the visible generation of Publication 78 has any row: without one, the charities' own file says who is deductible.
alter table catalog add column loaded boolean not null default false;

alter table refresh
  -- What the file is; unknown until it's at hand.
  add column format text check (format in ('eoBmf', 'publication78', 'familiesCsv')),
  -- Whether "source" names a configured source; else it's a file's name, which may be the same word.
  add column configured boolean not null default false,
  add column bytes_read bigint,
  add column bytes_total bigint,
  add column rows_total bigint,
  add column undoes uuid references refresh,
  -- An applied refresh may say why it changed nothing.
  drop constraint refresh_check1,
  add constraint refresh_refused_with_reason check (status <> 'refused' or reason is not null);
update refresh set format = 'eoBmf';
create unique index refresh_undone_once on refresh (undoes) where status = 'applied';
create index refresh_configured on refresh (catalog, source, id) where configured;

-- What a source had when it was applied last; a refused file leaves no trace here, so it's fetched again.
create table source (
  catalog text not null references catalog,
  name text not null,
  -- SHA-256: another address under the same name is another source.
  address bytea not null,
  etag text,
  last_modified text,
  -- SHA-256 of the content, for sources that tell neither.
  content bytea not null,
  refresh uuid not null references refresh,
  primary key (catalog, name)
);

-- When the sources were all refreshed last; one row.
create table schedule (
  name text primary key check (name = 'sources'),
  last_run timestamptz not null
);

-- Charities that a refresh removed and that haven't come back.
create table delisting (
  ein text collate "C" primary key,
  refresh uuid not null references refresh,
  delisted_at timestamptz not null,
  decision text check (decision in ('keep', 'drop')),
  note text,
  decided_at timestamptz,
  check ((decision is null) = (decided_at is null))
);

create table publication78 (
  ein text collate "C" not null check (ein ~ '^[0-9]{9}$'),
  since bigint not null,
  until bigint not null default 9223372036854775807,
  name text not null,
  city text not null,
  state text,
  country text not null,
  codes text not null,
  primary key (ein, since),
  check (since < until)
);
create index publication78_since on publication78 (since, ein);
create index publication78_until on publication78 (until, ein) where until < 9223372036854775807;
create unlogged table publication78_staging (
  ein text collate "C" not null,
  line bigint not null,
  bad boolean not null,
  name text,
  city text,
  state text,
  country text,
  codes text
);

-- A family added by hand stands in generation 0 and in no state, so that no file removes it.
alter table family
  add column since bigint not null default 0,
  add column until bigint not null default 9223372036854775807,
  add column state text not null default '',
  add column valid_until date,
  drop constraint family_pkey,
  drop column added_at,
  add primary key (case_fingerprint, since),
  add check (since < until);
create index family_since on family (since, case_fingerprint);
create index family_until on family (until, case_fingerprint) where until < 9223372036854775807;
create unlogged table family_staging (
  case_fingerprint bytea not null,
  line bigint not null,
  bad boolean not null,
  state text,
  zip3 text,
  cause text,
  valid_until date
);

-- What a charity is shown with: Publication 78 says who is deductible once it's there.
create or replace view charity_version as
  select c.ein, c.since, c.until, c.name, c.city, c.state, c.zip, c.ntee_code,
    case when p.loaded then exists (
        select from publication78 d
        where d.ein = c.ein and d.since <= p.generation and p.generation < d.until)
      else c.deductible end as deductible,
    c.fingerprint
  from charity c join catalog p on p.name = 'publication78';

-- What generations before this one had ended is deleted, so they can't be undone any more.
create table pruning (
  format text primary key,
  pruned_before bigint not null
);
