-- Deal registrations and the locks they become. Exclusivity is the database's: two instances that both believe a customer to
-- be free get one lock between them. All instants are the database's own; no host's clock enters a row.

create extension if not exists btree_gist;

create sequence deal_registration_number;
create sequence deal_customer_number;
-- Every change of a lock takes the next fence; whoever names an older one changes nothing.
create sequence deal_fence;

-- One row per company that somebody claims, whatever its spellings; a merged one points to the one that remains.
create table deal_customer (
    tenant      text        not null,
    id          text        not null,
    name        text        not null,
    identity    jsonb       not null,
    merged_into text,
    merged_at   timestamptz,
    created_at  timestamptz not null default clock_timestamp(),
    primary key (tenant, id)
);
-- By what customers are found again: words they share, exactly or nearly.
create table deal_customer_trait (
    tenant   text not null,
    trait    text not null,
    customer text not null,
    primary key (tenant, trait, customer)
);

-- Products by number, so that scopes are ranges of numbers.
create table deal_product (
    tenant text    not null,
    key    text    not null,
    number integer not null,
    name   text    not null,
    primary key (tenant, key),
    unique (tenant, number)
);

create table deal_registration (
    tenant             text        not null,
    number             text        not null,
    version            integer     not null,
    state              text        not null check (state in ('draft', 'submitted', 'under-review', 'needs-information',
                           'approved', 'extended', 'rejected', 'won', 'lost', 'expired', 'released', 'withdrawn')),
    reason             text        not null,
    partner_connection text        not null,
    partner_id         text        not null,
    customer           text        not null,
    products           text[]      not null, -- empty: all
    claim              jsonb       not null,
    source             text,                 -- connection/id of the record it came from
    request_key        text,                 -- Idempotency-Key of the request it came by
    submitted_at       timestamptz,
    review_by          timestamptz,
    lock_until         timestamptz,
    extensions         integer     not null default 0,
    blocked            boolean     not null default false, -- refused because another holds the deal: next in line
    reminded_days      integer,              -- the last reminder sent, in days before the end
    told_free          boolean     not null default false, -- whether a blocked one was told that the deal is free again
    review_told        boolean     not null default false, -- whether a missed deadline of the reviewer was told
    shown_state        text,                 -- what the record it came from last showed
    created_at         timestamptz not null default clock_timestamp(),
    primary key (tenant, number)
);
create unique index deal_registration_source on deal_registration (tenant, source)
    where source is not null and state in ('draft', 'submitted', 'under-review', 'needs-information', 'approved', 'extended');
create unique index deal_registration_request on deal_registration (tenant, partner_connection, partner_id, request_key)
    where request_key is not null;
create index deal_registration_customer on deal_registration (tenant, customer);
create index deal_registration_partner on deal_registration (tenant, partner_connection, partner_id);
create index deal_registration_latest_source on deal_registration (tenant, source, created_at desc) where source is not null;
create index deal_registration_open on deal_registration (tenant, state, lock_until)
    where state in ('submitted', 'under-review', 'needs-information', 'approved', 'extended');

-- What happened to a registration: who, when, why. Never changed, never removed.
create table deal_registration_event (
    tenant     text        not null,
    number     text        not null,
    version    integer     not null,
    at         timestamptz not null,
    who        text        not null,
    step       text        not null,
    from_state text,
    to_state   text        not null,
    why        text        not null,
    detail     jsonb       not null default '{}',
    primary key (tenant, number, version)
);
create function deal_event_stays() returns trigger language plpgsql as $$
begin
    raise exception 'events of registrations are never changed or removed' using errcode = 'integrity_constraint_violation';
end $$;
create trigger deal_event_stays before update or delete on deal_registration_event
    for each row execute function deal_event_stays();
create trigger deal_event_stays_whole before truncate on deal_registration_event
    for each statement execute function deal_event_stays();

-- The locks, ended ones included: an ended lock keeps the period in which it held, so that no instant ever has two holders,
-- not even in the past. A row that never counted is not active.
create table deal_lock (
    tenant             text           not null,
    id                 bigint         generated always as identity,
    number             text           not null,
    customer           text           not null,
    partner_connection text           not null,
    partner_id         text           not null,
    products           text[]         not null,
    scope              int4multirange not null check (not isempty(scope)), -- product numbers; all products: {(,)}
    period             tstzrange      not null check (not lower_inf(period) or isempty(period)),
    active             boolean        not null default true,
    ended              boolean        not null default false, -- before its time
    fence              bigint         not null,
    primary key (tenant, id),
    constraint deal_lock_exclusive exclude using gist
        (tenant with =, customer with =, scope with &&, period with &&) where (active)
);
create index deal_lock_number on deal_lock (tenant, number, id desc);
create index deal_lock_partner on deal_lock (tenant, partner_connection, partner_id);

-- What was found in the way of a registration, and what people changed in the CRM that contradicts a lock.
create table deal_conflict (
    tenant       text        not null,
    id           bigint      generated always as identity,
    number       text        not null,
    kind         text        not null,
    blocks       boolean     not null,
    about        text        not null,
    for_reviewer text        not null,
    for_partner  text        not null,
    detail       jsonb       not null default '{}',
    found_at     timestamptz not null default clock_timestamp(),
    settled_at   timestamptz,
    settled_by   text,
    settlement   text,
    primary key (tenant, id)
);
create index deal_conflict_of on deal_conflict (tenant, number);
create unique index deal_conflict_edit on deal_conflict (tenant, kind, about) where settled_at is null and kind = 'crm-edit';

-- Finding the open leads and opportunities of a customer.
create index fact_open_lead_domain on fact (tenant, split_part(lower(body ->> 'email'), '@', 2))
    where until_seq is null and kind = 'lead' and body ->> 'open' = 'true';
create index fact_open_lead_company on fact (tenant, lower(body ->> 'company') text_pattern_ops)
    where until_seq is null and kind = 'lead' and body ->> 'open' = 'true';
create index fact_child_of_account on fact (tenant, (body ->> 'parent'))
    where until_seq is null and kind = 'account' and body ->> 'parent' is not null;
create index fact_deal_of_account on fact (tenant, (body ->> 'account')) where until_seq is null and kind = 'opportunity';
