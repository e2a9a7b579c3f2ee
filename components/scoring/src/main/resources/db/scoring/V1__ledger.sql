-- The ledger is the product's memory of who gave what to whom: what is written stays, and the
-- database itself refuses what would break the books.

create table account (
  user_id   uuid primary key,
  kind      text not null check (kind in ('civilian', 'officer', 'charity', 'family', 'merchant', 'admin')),
  status    text not null default 'active' check (status in ('active', 'left')),
  time_zone text,
  area_zip  text,
  opened_at timestamptz not null,
  points    bigint not null default 0 check (points >= 0),
  held      bigint not null default 0 check (held >= 0 and held <= points),
  -- How many entries the account has: numbers them, so that a statement is read by an index range.
  entries   bigint not null default 0
) with (fillfactor = 70); -- room for the many updates of a balance beside its row
comment on table account is
  'One row a party, locked in the order of ids. The issuance account has no row, so that nobody waits for it.';

create table transaction (
  id             uuid primary key,
  kind           text not null check (kind in ('encounter', 'donation', 'giveaway', 'exchange', 'forfeiture', 'reversal')),
  rule_id        uuid,
  rule_version   integer,
  explanation    text[] not null,
  reverses       uuid unique references transaction,
  message_sealed bytea,
  recorded_at    timestamptz not null,
  content_hash   bytea not null check (octet_length(content_hash) = 32),
  check ((kind = 'reversal') = (reverses is not null)),
  check ((rule_id is null) = (rule_version is null))
);
comment on column transaction.content_hash is
  'SHA-256 of the canonical content, see docs/reference/ledger-export.md';

create table entry (
  transaction_id   uuid not null references transaction,
  ordinal          integer not null check (ordinal >= 1),
  account          uuid not null,
  points           bigint not null,
  salt             bytea check (octet_length(salt) = 16),
  balance_after    bigint check (balance_after >= 0),
  account_position bigint,
  primary key (transaction_id, ordinal),
  unique (account, account_position),
  -- Only issuance may be negative; it is in clear and has neither balance nor number.
  check (case when account = '00000000-0000-7000-8000-000000000001'
              then num_nulls(salt, balance_after, account_position) = 3
              else num_nulls(salt, balance_after, account_position) = 0 end)
);

create table chain (
  position       bigint primary key check (position >= 1),
  transaction_id uuid not null unique references transaction,
  chained_hash   bytea not null check (octet_length(chained_hash) = 32)
);
comment on table chain is 'Committed transactions in a dense order, each hash covering its predecessor.';

create table head (
  position  bigint primary key check (position >= 0),
  hash      bytea not null check (octet_length(hash) = 32),
  signature bytea not null check (octet_length(signature) = 64),
  signed_at timestamptz not null
);
comment on table head is 'Signed and published ends of the chain; position 0 is the empty ledger.';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is only ever added to: % of %.% is refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete or truncate on transaction
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on entry
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on chain
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on head
  for each statement execute function refuse_change();

-- A transaction's entries come in one statement; each statement has to balance by itself.
create function refuse_imbalance() returns trigger language plpgsql as $$
begin
  if exists (select from added group by transaction_id having sum(points) <> 0) then
    raise exception 'the entries of a transaction have to add up to zero'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger balanced after insert on entry
  referencing new table as added for each statement execute function refuse_imbalance();

create table hold (
  id           uuid primary key,
  holder       uuid not null,
  merchant     uuid not null,
  points       bigint not null check (points >= 0),
  held_until   timestamptz not null,
  status       text not null default 'placed' check (status in ('placed', 'collected', 'released')),
  placed_at    timestamptz not null,
  rule_id      uuid,
  rule_version integer,
  explanation  text[] not null,
  facts        jsonb not null,
  outcome      jsonb not null,
  buckets      jsonb not null -- what the hold counted in, to be given back where it's released
);
create index hold_due on hold (held_until) where status = 'placed';

create table limit_counter (
  counter_key text not null,
  bucket      date not null,
  shard       integer not null,
  used        bigint not null,
  primary key (counter_key, bucket, shard)
) with (fillfactor = 80);
comment on column limit_counter.bucket is
  'The calendar day; infinity for totals, and for rolling windows, whose row is but a lock.';
comment on column limit_counter.shard is
  '0 for uses that are limited or that only their own parties make; others spread, to be summed.';

create table limit_use (
  counter_key text not null,
  used_at     timestamptz not null,
  used_by     uuid not null,
  primary key (counter_key, used_at, used_by)
);
comment on table limit_use is 'The uses of rolling windows of 24 hours; older ones are deleted.';

create table idempotent_answer (
  user_id     uuid not null,
  key         text not null,
  digest      bytea not null,
  answer      jsonb not null,
  answered_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotent_answer_age on idempotent_answer using brin (answered_at);
