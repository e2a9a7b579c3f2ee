-- What was decided and paid, from the transactions stream: a draft is tried out on it.
create table history (
  position bigint primary key,
  kind text not null,
  at timestamptz not null,
  facts jsonb not null,
  outcome jsonb not null,
  rule_id uuid not null
);

create index history_of_kind on history (kind, at, position);
