-- Records that a full read of a stream has brought so far; for vendors that do not tell what was deleted.
create table seen_record (
    tenant     text not null,
    connection text not null,
    stream     text not null,
    id         text not null,
    primary key (tenant, connection, stream, id)
);
