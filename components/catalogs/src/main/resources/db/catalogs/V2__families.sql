-- Families in need are found by their case number, of which only a keyed fingerprint is kept; no names.
create table family (
  case_fingerprint bytea primary key,
  zip3 text not null check (zip3 ~ '^[0-9]{3}$'),
  cause text,
  added_at timestamptz not null
);
