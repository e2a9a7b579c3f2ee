-- Why: tracking must know officers' zones and whether they show their names, who withdrew consent,
-- and where civilians were within the last day, as ciphertext; where an officer is has no table.
create table officer (
  user_id uuid primary key,
  time_zone text not null,
  show_name boolean not null default false,
  -- As users sealed it, field displayName.
  name_sealed bytea,
  version bigint not null default 1
);

-- Who never said anything has no row: sending positions is consent.
create table consent (
  user_id uuid primary key,
  granted boolean not null,
  changed_at timestamptz not null
);

create index consent_withdrawn on consent (user_id) where not granted;

create table track (
  civilian uuid not null,
  from_at timestamptz not null,
  positions bytea not null,
  primary key (civilian, from_at)
);

create index track_age on track (from_at);
