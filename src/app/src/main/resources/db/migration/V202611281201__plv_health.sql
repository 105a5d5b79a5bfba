-- What is known of a model when it is taken into use: how it did on the tenant's own past, and on how much data.
alter table plv_version add column health jsonb;
create index plv_version_adopted on plv_version (tenant, created_at desc);

-- "Did any score begin after n?" is asked before every assignment.
create index plv_score_since on plv_score (tenant, seq);
