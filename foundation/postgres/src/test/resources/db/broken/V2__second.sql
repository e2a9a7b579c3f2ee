-- Fails after it made something.
create table second (n int);
insert into nowhere values (1);
