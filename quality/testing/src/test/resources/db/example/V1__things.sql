-- A table for the test of the test database.
create table thing (name text primary key);
