-- Lists by firm, by the day of submission and by the time of the last change. The third column of the last lets a partner's look pass over the rows of others.
create index application_of_firm on application (tenant_id, uscc, application_id desc);
create index application_by_day on application (tenant_id, ((submitted_at at time zone 'Asia/Shanghai')::date));
create index application_changes on application (tenant_id, updated_at, partner_id);
-- Blocks of firms have a table of their own since 0006; nothing reads refusals from here, and every step of an application paid for the index.
drop index if exists application_cooling_off;
