create table saved_footprint (
    short_id    varchar(16) primary key,
    title       varchar(200) not null,
    snapshot    varchar(100) not null,
    lens        char(64) not null,
    lens_name   varchar(200) not null,
    prompts     integer not null check (prompts > 0),
    profile     text not null,
    created     timestamptz not null,
    expires     timestamptz not null,
    secret_hash bytea not null check (octet_length(secret_hash) = 32)
);

create index saved_footprint_expires on saved_footprint (expires);

comment on column saved_footprint.lens is 'SHA-256 of the lens''s files: profiles of one lens compare, others do not';
comment on column saved_footprint.profile is 'JSON: mass and number of prompts per concept, expected scores; no word of the prompts';
comment on column saved_footprint.secret_hash is 'SHA-256 of the secret that deletes the footprint';
