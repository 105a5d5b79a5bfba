-- The ledger. The tenant is the first column of every primary key, so that the ledger can be hash-distributed.
-- Versions are numbered by the ledger sequence: one number per fact-writing transaction, handed out under the lock of the
-- tenant's head row, so that numbers become visible in their own order and "as of n" means the same for every reader.

create table ledger_head (
    tenant text primary key,
    seq    bigint not null
);

create table stream (
    tenant          text        not null,
    connection      text        not null,
    name            text        not null,
    position        text,                       -- the connector's cursor, in its own words
    mapping_version text,
    complete        boolean     not null default false, -- whether a full read ever reached its end
    records         bigint      not null default 0,
    pages           bigint      not null default 0,
    committed_at    timestamptz,
    primary key (tenant, connection, name)
);

-- The latest bytes of each source record. A deleted record stays as a tombstone, so that a late event cannot revive it.
create table raw_record (
    tenant          text        not null,
    connection      text        not null,
    stream          text        not null,
    id              text        not null,
    modified_at     timestamptz not null,
    deleted         boolean     not null,
    mapping_version text        not null,
    body            bytea       not null,
    primary key (tenant, connection, stream, id)
);

-- Facts with their versions: a version is current in [seq, until_seq).
create table fact (
    tenant      text        not null,
    kind        text        not null,
    connection  text        not null,
    id          text        not null,
    seq         bigint      not null,
    until_seq   bigint,
    modified_at timestamptz not null,
    body        jsonb       not null,
    primary key (tenant, kind, connection, id, seq)
);
create unique index fact_current on fact (tenant, kind, connection, id) where until_seq is null;
create index fact_since on fact (tenant, seq);
create index fact_ended on fact (tenant, until_seq) where until_seq is not null;
create index fact_of_partner on fact (tenant, (body ->> 'partner'))
    where until_seq is null and kind in ('opportunity', 'engagement', 'training', 'satisfaction');
create index fact_lead_of_partner on fact
    (tenant, coalesce(body ->> 'assignedPartner', body ->> 'previousPartner')) where until_seq is null and kind = 'lead';
create index fact_lead_became on fact (tenant, (body ->> 'convertedOpportunity'))
    where until_seq is null and kind = 'lead' and body ->> 'convertedOpportunity' is not null;
create index fact_person_of_company on fact (tenant, (body ->> 'company')) where until_seq is null and kind = 'person';
create index fact_of_person on fact (tenant, (body ->> 'person'))
    where until_seq is null and kind in ('engagement', 'training');

-- Leads that changed and wait for the assignment to look at them.
create table lead_queue (
    tenant     text   not null,
    connection text   not null,
    id         text   not null,
    seq        bigint not null,
    primary key (tenant, connection, id)
);

-- Events pushed to us: durable before they are acknowledged, worked off afterwards.
create table inbox (
    tenant      text        not null,
    id          bigint      generated always as identity,
    connection  text        not null,
    stream      text        not null,
    key         text        not null,
    received_at timestamptz not null default clock_timestamp(),
    body        bytea       not null,
    attempts    integer     not null default 0,
    due_at      timestamptz not null default clock_timestamp(),
    done_at     timestamptz,
    outcome     text,
    primary key (tenant, id)
);
create unique index inbox_key on inbox (tenant, connection, stream, key);
create index inbox_due on inbox (tenant, due_at) where done_at is null;

create table policy_version (
    tenant       text        not null,
    policy       text        not null,
    version      text        not null,
    state        text        not null check (state in ('draft', 'validated', 'published', 'retired')),
    body         text        not null,
    created_at   timestamptz not null default clock_timestamp(),
    published_at timestamptz,
    published_by text,
    primary key (tenant, policy, version)
);
create unique index policy_published on policy_version (tenant, policy) where state = 'published';

create table plv_version (
    tenant     text        not null,
    version    text        not null,
    as_of      timestamptz not null,
    facts_seq  bigint      not null,
    policy     text        not null,
    body       jsonb       not null,
    current    boolean     not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (tenant, version)
);
create unique index plv_version_current on plv_version (tenant) where current;

create table partner_history (
    tenant     text   not null,
    connection text   not null,
    id         text   not null,
    seq        bigint not null,
    body       jsonb  not null,
    primary key (tenant, connection, id)
);

-- Scores with their versions, like facts: a score is current in [seq, until_seq).
create table plv_score (
    tenant     text        not null,
    connection text        not null,
    id         text        not null,
    seq        bigint      not null,
    until_seq  bigint,
    version    text        not null,
    as_of      timestamptz not null,
    score      numeric     not null,
    value      numeric     not null,
    body       jsonb       not null,
    primary key (tenant, connection, id, seq)
);
create unique index plv_score_current on plv_score (tenant, connection, id) where until_seq is null;
create index plv_score_ended on plv_score (tenant, until_seq) where until_seq is not null;

-- How far each follower of the ledger sequence has come.
create table follower (
    tenant text   not null,
    name   text   not null,
    seq    bigint not null,
    primary key (tenant, name)
);

-- Leads decided together: the counters that the first of them saw. Each decision notes what it changed, so that what any
-- of them saw can be worked out again.
create table decision_round (
    tenant   text   not null,
    id       bigint generated always as identity,
    counters jsonb  not null,
    primary key (tenant, id)
);

create table decision (
    tenant             text        not null,
    id                 text        not null,
    round              bigint      not null,
    lead_connection    text        not null,
    lead_id            text        not null,
    version            integer     not null,
    current            boolean     not null,
    outcome            text        not null check (outcome in ('assigned', 'offered', 'unassigned', 'overridden')),
    partner_connection text,
    partner_id         text,
    reason             text        not null,
    summary            text        not null,
    policy_version     text        not null,
    plv_version        text,
    facts_seq          bigint      not null,
    propensity         numeric,
    decided_at         timestamptz not null,
    inputs             jsonb       not null,
    receipt            text        not null,
    primary key (tenant, id)
);
create unique index decision_current on decision (tenant, lead_connection, lead_id) where current;
create unique index decision_version on decision (tenant, lead_connection, lead_id, version);
create index decision_of_partner on decision (tenant, partner_connection, partner_id) where current;
create index decision_latest on decision (tenant, decided_at desc);
create index decision_of_round on decision (tenant, round);

-- Rotations, and the row whose lock makes decisions of one tenant follow each other.
create table rotation (
    tenant text  not null,
    name   text  not null,
    state  jsonb not null,
    primary key (tenant, name)
);

-- What has to be written to a connected system. One open entry per record and purpose: a newer one replaces it.
create table outbox (
    tenant      text        not null,
    id          bigint      generated always as identity,
    connection  text        not null,
    stream      text        not null,
    record_id   text        not null,
    purpose     text        not null,
    decision    text,
    fields      jsonb       not null,           -- logical name -> value
    seen        jsonb       not null,           -- what the system held when we decided
    state       text        not null default 'pending'
                check (state in ('pending', 'sent', 'written', 'confirmed', 'superseded', 'dead')),
    attempts    integer     not null default 0,
    due_at      timestamptz not null default clock_timestamp(),
    fence       bigint      not null default 0,
    created_at  timestamptz not null default clock_timestamp(),
    settled_at  timestamptz,
    outcome     text,
    primary key (tenant, id)
);
create unique index outbox_open on outbox (tenant, connection, stream, record_id, purpose)
    where state in ('pending', 'sent', 'written');
create index outbox_due on outbox (tenant, connection, stream, purpose, due_at) where state in ('pending', 'sent', 'written');
create index outbox_decision on outbox (tenant, decision);
create index outbox_record on outbox (tenant, connection, record_id, purpose, id);

create table dead_letter (
    tenant     text        not null,
    id         bigint      generated always as identity,
    connection text        not null,
    stream     text        not null,
    record_id  text        not null,
    origin     text        not null check (origin in ('sync', 'intake', 'write')),
    reason     text        not null,
    body       bytea       not null,
    attempts   integer     not null default 1,
    state      text        not null default 'open' check (state in ('open', 'replayed', 'discarded')),
    first_at   timestamptz not null default clock_timestamp(),
    last_at    timestamptz not null default clock_timestamp(),
    primary key (tenant, id)
);
create unique index dead_letter_open on dead_letter (tenant, connection, stream, record_id, origin) where state = 'open';

create table run (
    tenant     text        not null,
    id         bigint      generated always as identity,
    kind       text        not null,
    connection text,
    state      text        not null check (state in ('running', 'done', 'rejects', 'failed', 'abandoned')),
    started_at timestamptz not null default clock_timestamp(),
    ended_at   timestamptz,
    counts     jsonb       not null default '{}',
    message    text,
    primary key (tenant, id)
);
create index run_latest on run (tenant, started_at desc);

-- Calls per connection, day and purpose.
create table api_call (
    tenant     text   not null,
    connection text   not null,
    day        date   not null,
    purpose    text   not null,
    calls      bigint not null,
    primary key (tenant, connection, day, purpose)
);

-- Who did what, for every change that a person or a job makes outside the decisions themselves.
create table audit (
    tenant text        not null,
    id     bigint      generated always as identity,
    at     timestamptz not null default clock_timestamp(),
    who    text        not null,
    what   text        not null,
    about  text        not null,
    detail jsonb       not null default '{}',
    primary key (tenant, id)
);
