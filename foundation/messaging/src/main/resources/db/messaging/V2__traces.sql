-- Events carry the trace of the work that appended them, so that what consumers do is seen as part of it.
alter table inbox add column traceparent text;
alter table event add column traceparent text;
