-- Where a lead stands after its assignment. A lead without a row stands where its current decision says: with its partner
-- for good, with nobody, or with whom a person chose.
create table lead_life (
    tenant     text        not null,
    connection text        not null,
    id         text        not null,
    version    bigint      not null,            -- rises by one with every event; a writer that read another one is refused
    state      text        not null check (state in ('waiting', 'offered', 'pending', 'accepted', 'by-hand', 'ended')),
    body       jsonb       not null,
    attempt    integer     not null,
    tries      integer     not null,
    declined   text[]      not null,
    due_at     timestamptz,                     -- when a deadline, a reminder or an offer's end is to be looked at
    changed_at timestamptz not null default clock_timestamp(),
    primary key (tenant, connection, id)
);
create index lead_life_due on lead_life (tenant, due_at) where due_at is not null;
create index lead_life_offered on lead_life (tenant) where state = 'offered';

-- What happened to a lead beside the decisions: who, when, why. Only added to.
create table lead_event (
    tenant             text        not null,
    id                 bigint      generated always as identity,
    connection         text        not null,
    lead_id            text        not null,
    version            bigint      not null,
    at                 timestamptz not null default clock_timestamp(),
    what               text        not null,
    partner_connection text,
    partner_id         text,
    who                text        not null,
    why                text        not null,
    decision           text,
    key                text,                    -- of the request that asked for it, so that a repetition is known
    primary key (tenant, id)
);
create index lead_event_of_lead on lead_event (tenant, connection, lead_id, id);
create unique index lead_event_key on lead_event (tenant, connection, lead_id, who, key) where key is not null;

alter table decision drop constraint decision_outcome_check;
alter table decision add constraint decision_outcome_check
    check (outcome in ('assigned', 'offered', 'unassigned', 'overridden', 'claimed', 'withdrawn'));
create index decision_claims on decision (tenant, partner_connection, partner_id, decided_at) where outcome = 'claimed';
