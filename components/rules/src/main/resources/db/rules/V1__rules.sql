-- Rules, their versions, and a number that tells every process that some rule has changed.

-- A rule as it stands. Its kind never changes; what it says is in its current version.
create table rule (
  id uuid primary key,
  kind text not null check (kind in ('encounter', 'donation', 'giveaway', 'exchange', 'proximity')),
  status text not null check (status in ('draft', 'active', 'retired')),
  version integer not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);

-- What a rule said from one edit to the next. Transactions refer to it for ever.
create table rule_version (
  rule_id uuid not null references rule,
  version integer not null check (version >= 1),
  name text not null,
  condition text not null,
  outcomes jsonb not null check (jsonb_typeof(outcomes) = 'object'),
  priority integer not null,
  valid_from timestamptz,
  valid_until timestamptz check (valid_until > valid_from),
  limits jsonb not null check (jsonb_typeof(limits) = 'array'),
  author uuid,
  at timestamptz not null,
  primary key (rule_id, version)
);

alter table rule add constraint rule_has_its_version
  foreign key (id, version) references rule_version deferrable initially deferred;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a version of a rule is never changed or deleted';
end $$;

create trigger rule_version_is_immutable before update or delete on rule_version
  for each row execute function refuse_change();

-- One row. Whoever changes a rule counts it up first, which also makes changes wait for each other.
create table revision (
  only_one boolean primary key default true check (only_one),
  number bigint not null
);

insert into revision (number) values (0);
