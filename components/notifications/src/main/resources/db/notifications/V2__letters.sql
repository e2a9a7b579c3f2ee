-- Why: letters are queued with the fact that they tell, tried again, given up in the end, and seen
-- by the operator meanwhile; what is personal in them is ciphertext, gone once they are through.
-- It also remembers which ids went out, as "sent" did, which only knew ids of a few days.
drop table sent;

create table letter (
  id uuid primary key,
  template text not null,
  language text not null,
  status text not null check (status in ('queued', 'sent', 'givenUp')),
  content bytea,
  attempts integer not null default 0,
  failure text,
  created_at timestamptz not null,
  -- Not worth delivering from then on.
  expires_at timestamptz not null,
  -- Whose turn it is not before: a pause after a failure, or the lease of who is sending it.
  due_at timestamptz not null,
  done_at timestamptz,
  check ((status = 'queued') = (content is not null)),
  check ((status = 'queued') = (done_at is null))
);

create index letter_due on letter (due_at) where status = 'queued';
create index letter_done on letter (done_at) where status <> 'queued';
create index letter_newest on letter (status, created_at desc, id desc);
