-- Why: a reviewer sees side by side what each validator found; one that doesn't answer is asked again
-- for a while; applications are withdrawn and expire; and a code can be mailed again.
alter table application
  -- How a rejected application ended.
  add column ending text check (ending in ('rejected', 'withdrawn', 'expired', 'superseded')),
  -- Since when some validator hasn't answered; null while all do.
  add column unavailable_since timestamptz;
update application set ending = case when reason is null then 'superseded' else 'rejected' end
  where status = 'rejected';
-- Findings weren't kept one by one: the validators are asked anew.
update application set status = 'verifying' where status = 'needsReview';
alter table application drop column findings;
alter table application add check ((status = 'rejected') = (ending is not null));
create index application_in_review_since on application (changed_at) where status = 'needsReview';

create table finding (
  application uuid not null references application (id) on delete cascade,
  validator text not null,
  verdict text not null check (verdict in ('verified', 'rejected', 'undecided', 'unavailable')),
  -- Sealed; null once it has served.
  finding bytea,
  at timestamptz not null,
  took_millis bigint not null check (took_millis >= 0),
  attempts integer not null check (attempts >= 0),
  primary key (application, validator)
);

-- A code opens what it was mailed for; several are mailed for one application, the newest counts.
alter table mailed_code add column opens uuid;
update mailed_code set opens = id;
alter table mailed_code alter column opens set not null;
create index mailed_code_opens on mailed_code (opens, id);
