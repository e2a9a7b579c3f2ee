-- Why: keys must be replaced without signing anybody out and without a moment in which something
-- can't be read. So each wrapped key remembers its master key, and signing keys overlap.

alter table house_key add column wrapped_by text not null default '';
alter table person_key add column wrapped_by text not null default '';
comment on column house_key.wrapped_by is 'The id of the master key; empty from before there were several.';
comment on column person_key.wrapped_by is 'The id of the master key; empty from before there were several.';
create index person_key_by_master on person_key (wrapped_by, person) where wrapped is not null;

create table master_key_in_use (
  single boolean primary key default true check (single),
  id text not null check (id ~ '^[0-9a-f]{16}$'),
  since timestamptz not null
);
comment on table master_key_in_use is 'Which key of the file outside wraps from now on; never the key.';

create table signing_key (
  name text primary key references house_key,
  published_at timestamptz not null,
  signs_from timestamptz not null unique,
  revokes_earlier boolean not null default false,
  check (signs_from >= published_at)
);
comment on table signing_key is 'Keys of access tokens; each signs from its time until that of the next.';
comment on column signing_key.revokes_earlier is 'What earlier keys signed is refused once this one signs.';
