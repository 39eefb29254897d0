-- footprints saved before, and those of a server's only study, have none; the default stays for servers that are not upgraded yet
alter table saved_footprint add column study varchar(60) not null default '';

comment on column saved_footprint.study is 'id of the study it was held against; where empty, of the study that has its snapshot';
