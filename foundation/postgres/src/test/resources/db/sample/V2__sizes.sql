-- The second step of the sample, so that order shows.
alter table thing add column size int not null default 0;
