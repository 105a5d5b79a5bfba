-- Which partner a person belongs to where the source does not say it itself. The person's fact then names that partner as
-- its company; here stands by what evidence, and what the source had stated.
create table person_link (
    tenant             text        not null,
    connection         text        not null,
    id                 text        not null,
    partner_connection text        not null,
    partner_id         text        not null,
    evidence           text        not null check (evidence in ('ruling', 'contact', 'code', 'domain')),
    detail             text        not null,
    stated             text,                       -- the company that the source stated, connection/id
    seq                bigint      not null,       -- the fact version that this link wrote
    made_at            timestamptz not null default clock_timestamp(),
    primary key (tenant, connection, id)
);
create index person_link_of_partner on person_link (tenant, partner_connection, partner_id);

-- People whose partner is not known or not certain: the worklist.
create table person_open (
    tenant      text        not null,
    connection  text        not null,
    id          text        not null,
    state       text        not null check (state in ('ambiguous', 'unmatched')),
    suggestions jsonb       not null,
    since       timestamptz not null default clock_timestamp(),
    primary key (tenant, connection, id)
);

-- What people decided: it goes before all evidence. 'nobody' has no partner.
create table person_ruling (
    tenant             text        not null,
    connection         text        not null,
    id                 text        not null,
    partner_connection text        not null default '',
    partner_id         text        not null default '',
    ruling             text        not null check (ruling in ('is', 'is-not', 'nobody')),
    made_by            text        not null,
    made_at            timestamptz not null default clock_timestamp(),
    primary key (tenant, connection, id, partner_connection, partner_id)
);
