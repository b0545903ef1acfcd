-- When a loan was last changed, for lists of what has changed. The default is for a version of before that books beside this one during an update.
alter table loan add column updated_at timestamptz;
update loan set updated_at = greatest(booked_at, (select max(e.recorded_at) from journal_entry e where e.loan_id = loan.loan_id));
alter table loan alter column updated_at set default now(), alter column updated_at set not null;
create index loan_newest on loan (tenant_id, partner_id, loan_id desc);
create index loan_by_day on loan (tenant_id, disbursed_on);
create index loan_changes on loan (tenant_id, updated_at, partner_id);
