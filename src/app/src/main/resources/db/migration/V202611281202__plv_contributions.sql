-- What each fact adds to the statistics of a partner, one row per fact and part of the statistics: a fact that changes or is taken
-- back finds here what it had added and to whom, and "has the partner another deal on that day?" is one look into an index.
create table plv_contribution (
    tenant     text             not null,
    kind       text             not null,
    connection text             not null,
    id         text             not null,
    part       text             not null check (part in
               ('deal', 'correction', 'opportunity', 'lead', 'certificate', 'engagement', 'answer')),
    partner    text             not null,   -- connection/id
    day        integer          not null,   -- epoch day from which it counts
    word       text             not null,   -- class of the lead, kind of engagement, title of the certificate
    amount     double precision not null,
    margin     double precision,
    until_day  integer,                     -- of a lead: won; of a certificate: no longer valid
    sourced    boolean          not null,
    primary key (tenant, kind, connection, id, part)
);
create index plv_contribution_of_partner on plv_contribution (tenant, partner, part, day);
create index plv_contribution_on_day on plv_contribution (tenant, day);

-- The statistics themselves: as of the day that the follower "plv-day" names, and as of 90 days before it, for the trend.
alter table partner_history add column earlier jsonb not null;
