alter table saved_view add column expires timestamptz;

-- views saved before they had a term get the longest one from now on
update saved_view set expires = now() + interval '5 years';

alter table saved_view alter column expires set not null;

create index saved_view_expires on saved_view (expires);
