-- A charity that disappears from the catalog keeps its account but receives nothing until it's back or reviewed; the stream of users tells.
create table charity (
  user_id uuid primary key,
  ein     text not null
);

create table charity_listing (
  ein      text primary key,
  listed   boolean not null,
  -- The event's in the stream: an older one, which a replay brings again, says nothing new.
  position bigint not null
);
