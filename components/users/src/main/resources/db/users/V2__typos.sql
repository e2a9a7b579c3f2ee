-- Why: a giver finds recipients in spite of a typo: each word is also found by its forms with one
-- letter fewer. Who was listed before gets them when the room starts.
create table profile_form (
  form text not null,
  user_id uuid not null references profile on delete cascade,
  primary key (form, user_id)
);

create index profile_form_of on profile_form (user_id);

alter table profile add listing smallint not null default 1;
