-- What happened to each version of a policy, in order: the history that rollback and the console read.
create table policy_step (
    tenant  text        not null,
    policy  text        not null,
    number  bigint      generated always as identity,
    version text        not null,
    step    text        not null check (step in ('drafted', 'validated', 'published', 'rolled-back')),
    origin  text        not null check (origin in ('file', 'cli', 'api', 'console')),
    who     text        not null,
    at      timestamptz not null default clock_timestamp(),
    note    text        not null default '',
    primary key (tenant, policy, number)
);

alter table policy_version drop constraint policy_version_state_check;
alter table policy_version add constraint policy_version_state_check
    check (state in ('draft', 'validated', 'published', 'retired', 'rolled-back'));

-- Versions published before there were steps came from files.
insert into policy_step (tenant, policy, version, step, origin, who, at)
select tenant, policy, version, 'published', 'file', coalesce(published_by, 'file'), published_at
from policy_version where published_at is not null order by published_at;
