-- A scan that recent positions of the two contradict is refused, and its record says so, that a
-- retry may hear the same; never a place or a distance.
alter table encounter drop constraint encounter_verdict_check;
alter table encounter
  add constraint encounter_verdict_check
    check (verdict in ('consistent', 'unknown', 'contradicted')),
  add constraint encounter_contradicted_check
    check (verdict <> 'contradicted' or status <> 'confirmed');
