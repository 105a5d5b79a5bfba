-- A round's counters are either whole, or what differs from those of an earlier round, which are whole.
alter table decision_round add column base bigint;
