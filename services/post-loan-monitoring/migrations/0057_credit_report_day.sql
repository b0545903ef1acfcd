-- How far the reports of the changes of a day are made: loans are taken in the order of their ids. A report is then of any day, and no longer of a month end alone.
create table credit_report_day (
  tenant_id text not null,
  as_of date not null,
  after_loan uuid not null,
  reports int not null default 0,
  done_at timestamptz,
  primary key (tenant_id, as_of)
);
