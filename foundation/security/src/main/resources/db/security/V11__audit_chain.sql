-- Why: whoever administers the database can switch a trigger off, so tampering with the trail must
-- show: each record is chained to all before it, and the chain's ends are signed by a key of the
-- house, which is wrapped by a key outside the database.

create table audit_pending (id uuid primary key);
comment on table audit_pending is 'Committed records that are not on the chain yet.';
insert into audit_pending select id from audit;

create table audit_chain (
  position bigint primary key check (position > 0),
  audit_id uuid not null unique,
  hash bytea not null check (length(hash) = 32)
);
create trigger audit_chain_append_only before update or delete or truncate on audit_chain
  for each statement execute function refuse_change();
alter table audit_chain enable always trigger audit_chain_append_only;

create table audit_head (
  position bigint primary key,
  hash bytea not null,
  signature bytea not null,
  signed_at timestamptz not null
);
create trigger audit_head_append_only before update or delete or truncate on audit_head
  for each statement execute function refuse_change();
alter table audit_head enable always trigger audit_head_append_only;

create index audit_by_action on audit (action, id);
create index audit_by_outcome on audit (outcome, id);
