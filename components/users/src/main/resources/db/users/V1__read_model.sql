-- Who the parties are and who did what with whom, so that people can look back without asking the
-- ledger. All but users.revision is written by the two stream consumers alone and can be rebuilt.

create table profile (
  user_id uuid primary key,
  kind text not null,
  -- Charities and merchants have a public name; a natural person's is ciphertext.
  display_name text,
  display_name_sealed bytea,
  area_zip text,
  time_zone text,
  agency text,
  ein text,
  cause text,
  locale text not null,
  show_name boolean not null,
  show_encounter_count boolean not null,
  joined_at timestamptz not null,
  version bigint not null,
  -- The order in lists of recipients.
  sort_key text not null,
  check (display_name is null or display_name_sealed is null)
);

create index profile_recipients on profile (kind, sort_key, user_id);

-- What a recipient is found by: words of public names, agencies, causes and areas; never of a
-- natural person's name.
create table profile_word (
  user_id uuid not null references profile on delete cascade,
  word text not null,
  primary key (user_id, word)
);

create index profile_word_prefix on profile_word (word text_pattern_ops);

create table meeting (
  transaction_id uuid primary key,
  civilian uuid not null,
  officer uuid not null,
  at timestamptz not null,
  reversed_by uuid
);

create index meeting_of_civilian on meeting (civilian, officer, at) where reversed_by is null;
create index meeting_of_officer on meeting (officer) where reversed_by is null;

create table donation (
  transaction_id uuid primary key,
  giver uuid not null,
  recipient uuid not null,
  points bigint not null,
  at timestamptz not null,
  reversed_by uuid
);

create index donation_received on donation (recipient, transaction_id desc)
  where reversed_by is null;

-- The writing side: which version of a profile was told last, so that of two changes at once only
-- one passes. A party without a row is at version 1, as it was created.
create table revision (
  user_id uuid primary key,
  version bigint not null
);
