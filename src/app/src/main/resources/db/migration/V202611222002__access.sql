-- API tokens are kept as SHA-256 of the whole token (192 random bits: no salt or slow hash is needed), found by their prefix.
create table api_token (
    tenant             text        not null,
    prefix             text        not null,
    name               text        not null,
    role               text        not null check (role in ('admin', 'operator', 'viewer', 'partner')),
    partner_connection text,
    partner_id         text,
    hash               bytea       not null check (length(hash) = 32),
    created_at         timestamptz not null,
    created_by         text        not null,
    expires_at         timestamptz,
    revoked_at         timestamptz,
    revoked_by         text,
    last_used_at       timestamptz,
    primary key (tenant, prefix),
    check ((role = 'partner') = (partner_id is not null)),
    check ((partner_connection is null) = (partner_id is null))
);

-- People who log in to the console. The password is a bcrypt hash.
create table console_user (
    tenant       text        not null,
    name         text        not null,
    role         text        not null check (role in ('admin', 'operator', 'viewer')),
    password     text        not null,
    created_at   timestamptz not null,
    failures     integer     not null default 0, -- wrong passwords in a row
    locked_until timestamptz,
    primary key (tenant, name)
);
