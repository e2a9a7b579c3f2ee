-- A table to migrate in tests.
create table thing (name text primary key);
