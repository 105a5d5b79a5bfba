-- A past score may go once no decision saw it.
create index decision_saw on decision (tenant, facts_seq);
create index plv_score_version on plv_score (tenant, version);
