-- The revenue book: what closed months say, for good. Open months are worked out from the facts and not kept.
create table revenue_period (
    tenant    text        not null,
    period    text        not null,             -- yyyy-mm; all months before a closed one are closed
    closed_at timestamptz not null default clock_timestamp(),
    closed_by text        not null,
    primary key (tenant, period)
);

create table revenue_booking (
    tenant     text    not null,
    id         bigint  generated always as identity,
    period     text    not null,
    adjustment boolean not null,
    deal       text    not null,                -- connection/id
    partner    text,
    kind       text    not null check (kind in ('sourced', 'influenced', 'attached', 'direct')),
    credit     text    check (credit in ('sourced', 'influenced', 'attached')),
    main       boolean not null,                -- the deal's one primary credit
    share      numeric not null,
    margin     numeric,
    amount     numeric not null,                -- the deal, on one of its lines
    currency   text    not null,
    rule       text    not null,
    rate       text    not null,
    evidence   jsonb   not null,
    primary key (tenant, id)
);
create index revenue_booking_period on revenue_booking (tenant, period);

create function revenue_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'what a closed month says is final: book an adjustment in an open month';
end $$;
create trigger revenue_booking_final before update or delete on revenue_booking
    for each row execute function revenue_is_final();
