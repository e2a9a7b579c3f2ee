-- Why: people choose what they are told by mail beside what is always sent; who never chose has no
-- row, and nothing is on.
create table preference (
  user_id uuid primary key,
  -- The kinds that are on.
  mail text[] not null,
  version bigint not null
);
