-- A lease moves due_at of what waits: without it in an index, and with room in the page, no index is touched by that.
drop index inbox_due;
create index inbox_waiting on inbox (tenant, id) where done_at is null;
alter table inbox set (fillfactor = 50);
