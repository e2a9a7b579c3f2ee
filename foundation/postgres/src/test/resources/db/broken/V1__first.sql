-- Succeeds.
create table first (n int);
