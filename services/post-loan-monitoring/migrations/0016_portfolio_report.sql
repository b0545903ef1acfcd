-- What a report tells loans apart by. Loans of before have neither product nor industry, and are reported as unknown.
alter table loan add column product_code text, add column industry_section text, add column first_due_on date;
update loan l set first_due_on = (select min(i.due_on) from instalment i where i.loan_id = l.loan_id and i.principal_minor + i.interest_minor > 0);
-- The day after a first due date looks at the loans that had it.
create index loan_first_due on loan (tenant_id, first_due_on);

-- A day that was reported: written once, with the close of the day, and never changed. What becomes known later is in the reports of later days.
create table portfolio_day (
  tenant_id text not null,
  day date not null,
  -- Release in force on the day for the licence of the tenant's loans; null for a tenant without any.
  policy_version text,
  written_at timestamptz not null,
  primary key (tenant_id, day)
);

-- The book at the end of a day, by what reports tell apart; no row is about one loan.
create table portfolio_cell (
  tenant_id text not null,
  day date not null,
  booking_month date not null,
  product_code text not null,
  industry_section text not null,
  loan_class text not null,
  bucket text not null,
  loans int not null check (loans > 0),
  -- Principal that is owed.
  balance_minor bigint not null check (balance_minor >= 0),
  primary key (tenant_id, day, booking_month, product_code, industry_section, loan_class, bucket),
  foreign key (tenant_id, day) references portfolio_day
);

-- First payments on which so many days have passed on the day, and those of them that were still not paid at its end (FPD).
create table portfolio_first_payment (
  tenant_id text not null,
  day date not null,
  days_late int not null check (days_late > 0),
  booking_month date not null,
  product_code text not null,
  loans int not null check (loans > 0),
  late_loans int not null check (late_loans between 0 and loans),
  booked_minor bigint not null,
  late_booked_minor bigint not null check (late_booked_minor between 0 and booked_minor),
  primary key (tenant_id, day, days_late, booking_month, product_code),
  foreign key (tenant_id, day) references portfolio_day
);

create function refuse_report_change() returns trigger language plpgsql as $$
begin
  raise exception 'the report of a day is written once';
end $$;
create trigger portfolio_day_append_only before update or delete on portfolio_day for each row execute function refuse_report_change();
create trigger portfolio_cell_append_only before update or delete on portfolio_cell for each row execute function refuse_report_change();
create trigger portfolio_first_payment_append_only before update or delete on portfolio_first_payment for each row execute function refuse_report_change();
