-- The ledger of the comparison: one function does in one call what the server does for a donation:
-- the key, both accounts, both entries, the event and the answer, all of it or nothing.
create table account (
  user_id uuid primary key,
  points bigint not null check (points >= 0),
  entries bigint not null default 0
) with (fillfactor = 70);
create table transaction (
  id uuid primary key,
  kind text not null,
  recorded_at timestamptz not null
);
create table entry (
  transaction_id uuid not null references transaction,
  ordinal integer not null,
  account uuid not null,
  points bigint not null,
  balance_after bigint not null,
  account_position bigint not null,
  primary key (transaction_id, ordinal),
  unique (account, account_position)
);
create table event (
  position bigint generated always as identity primary key,
  type text not null,
  key text not null,
  data jsonb not null
);
create table idempotent_answer (
  user_id uuid not null,
  key text not null,
  digest bytea not null,
  answer jsonb not null,
  primary key (user_id, key)
);

create function donate(
  giver uuid, request_key text, request_digest bytea, recipient uuid, gift bigint, new_id uuid)
returns jsonb language plpgsql as $$
declare
  kept idempotent_answer;
  made jsonb;
  g account;
  r account;
begin
  perform 1 from account where user_id in (giver, recipient) order by user_id for no key update;
  select * into kept from idempotent_answer a where a.user_id = giver and a.key = request_key;
  if found then
    if kept.digest <> request_digest then
      raise exception 'idempotency-key-reused' using errcode = 'HB409';
    end if;
    return kept.answer;
  end if;
  update account set points = points - gift, entries = entries + 1
    where user_id = giver and points >= gift returning * into g;
  if not found then
    raise exception 'insufficient-points' using errcode = 'HB422';
  end if;
  update account set points = points + gift, entries = entries + 1
    where user_id = recipient returning * into r;
  if not found then
    raise exception 'unknown-recipient' using errcode = 'HB422';
  end if;
  insert into transaction values (new_id, 'donation', now());
  insert into entry values
    (new_id, 1, giver, -gift, g.points, g.entries),
    (new_id, 2, recipient, gift, r.points, r.entries);
  made := jsonb_build_object('id', new_id, 'kind', 'donation', 'recordedAt', now(), 'entries',
    jsonb_build_array(jsonb_build_object('userId', giver, 'points', -gift),
      jsonb_build_object('userId', recipient, 'points', gift)));
  insert into event (type, key, data)
    values ('app.heyblue.transaction.recorded.v1', giver::text, made);
  insert into idempotent_answer values (giver, request_key, request_digest, made);
  return made;
end $$;
