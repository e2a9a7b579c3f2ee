-- Searches are answered from an index outside the database, and the generations lie in the table one behind the other, so that a few pages of summary find them: an import writes one index in place of three.
drop view charity_now;
alter table charity drop column search, drop column words;
drop index charity_since;
create index charity_since on charity using brin (since) with (pages_per_range = 32);

drop index charity_staging_ein;
alter table charity_staging drop column words;

-- Every version as it's shown; searches read those of the generation that their index shows.
create view charity_version as
  select c.ein, c.since, c.until, c.name, c.city, c.state, c.zip, c.ntee_code, c.deductible, c.fingerprint
  from charity c;

create view charity_now as
  select c.ein, c.name, c.city, c.state, c.zip, c.ntee_code, c.deductible, c.fingerprint
  from charity_version c
  join catalog k on k.name = 'charities' and c.since <= k.generation and k.generation < c.until;
