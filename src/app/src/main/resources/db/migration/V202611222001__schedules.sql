-- Scheduled jobs. The first table is db-scheduler's own and keeps the form that library asks for: one row per job with the
-- instant it is due, and who runs it now. The second is ours: what people may change and what they want to know.

create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    state                text,
    execution_time       timestamptz,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

create table schedule (
    tenant           text        not null,
    name             text        not null,
    definition       text        not null, -- when it runs, as last configured
    paused_at        timestamptz,
    paused_by        text,
    run_requested_at timestamptz,          -- a person asked for a run, also if paused
    started_at       timestamptz,          -- the last run: start, end, what came of it, by whom
    ended_at         timestamptz,
    outcome          text check (outcome in ('done', 'failed', 'abandoned')),
    message          text,
    runner           text,
    failures         integer     not null default 0, -- in a row
    primary key (tenant, name)
);
