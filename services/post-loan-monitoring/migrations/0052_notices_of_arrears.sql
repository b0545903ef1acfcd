-- Licences that a tenant has loans of, so that a day looks for no loan that only another licence reminds.
create table tenant_licence (
  tenant_id text not null,
  lender_type text not null,
  primary key (tenant_id, lender_type)
);
insert into tenant_licence select distinct tenant_id, split_part(policy_version, '.', 1) from loan;

-- Loans of a day are taken in the order of their oldest unpaid due date, and of one date in that of their ids; null before the first.
alter table notice_day add column after_due_on date;
