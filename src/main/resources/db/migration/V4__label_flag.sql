create table label_flag (
    id         bigint generated always as identity primary key,
    study      varchar(60) not null,
    snapshot   varchar(100) not null,
    concept    integer not null,
    label      varchar(300) not null,
    fault      varchar(20) not null check (fault in ('wrong', 'misleading')),
    suggestion varchar(200) not null,
    created    timestamptz not null,
    decision   varchar(20) check (decision in ('accepted', 'dismissed')),
    decided    timestamptz,
    decided_by varchar(200)
);

create index label_flag_open on label_flag (created) where decision is null;

comment on table label_flag is 'What visitors say of a concept''s label; nothing of it changes a snapshot';
