-- Charities that have disappeared from the catalog aren't shown to givers; the stream of users tells.
create table charity_listing (
  ein text primary key,
  listed boolean not null,
  -- The event's in the stream: an older one, which a replay brings again, says nothing new.
  position bigint not null
);
