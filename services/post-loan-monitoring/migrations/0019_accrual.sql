-- Interest and charges for lateness are income on the day that they are earned (应收利息), and what is set aside for losses follows the book day by day.

-- Day from which the books of a loan accrue; what was paid of interest by its end was income when it was paid. Null for a loan of before that no close has opened yet.
alter table loan add column accrues_from date,
  -- Last day on which something of it was paid late, while charges for lateness came up.
  add column late_until date,
  -- What its interest is earned by: the rows of the schedule, or a play of the loan, where a change has broken a period.
  add column earns_by text not null default 'schedule' check (earns_by in ('schedule', 'play'));
update loan set late_until = valued_on where clauses is not null and valued_on > disbursed_on;
create index loan_accrual_unopened on loan (loan_id) where accrues_from is null;

-- How far the accrual of a tenant is. Money that is valued on a day that may be closed already locks the row, so that the accrual of no day passes it by.
create table accrual_state (
  tenant_id text primary key,
  -- The first day that was accrued, and the last one; null before the first.
  accrued_from date,
  accrued_through date,
  check ((accrued_from is null) = (accrued_through is null))
);
insert into accrual_state (tenant_id) select distinct tenant_id from loan;

-- Shares of the day that a tenant's accrual is at, by ranges that leave no id out; each one transaction.
create table accrual_batch (
  tenant_id text not null references accrual_state,
  day date not null,
  batch int not null,
  from_loan uuid not null,
  -- The first loan of the next share; null in the last one, which takes in whatever is booked meanwhile.
  before_loan uuid,
  done_at timestamptz,
  primary key (tenant_id, day, batch)
);

-- What a share has come to; gone when the day is posted.
create table accrual_sum (
  tenant_id text not null,
  day date not null,
  batch int not null,
  product_code text not null,
  currency text not null,
  loan_class text not null,
  -- What was earned before the books accrued.
  is_opening boolean not null,
  interest_minor bigint not null,
  penalty_minor bigint not null,
  compound_minor bigint not null,
  memo_minor bigint not null,
  loans int not null,
  principal_minor bigint not null,
  receivable_minor bigint not null,
  provision_minor bigint not null,
  primary key (tenant_id, day, batch, product_code, currency, loan_class, is_opening),
  foreign key (tenant_id, day, batch) references accrual_batch on delete cascade
);

-- The book of a tenant at the end of a day, by product, currency and class, with what was posted for it.
create table book_day (
  tenant_id text not null,
  day date not null,
  product_code text not null,
  currency text not null,
  loan_class text not null,
  loans int not null,
  principal_minor bigint not null,
  -- Earned and not paid, as far as it is income.
  receivable_minor bigint not null,
  provision_minor bigint not null,
  provision_change_minor bigint not null,
  primary key (tenant_id, day, product_code, currency, loan_class)
);
create function refuse_book_day_change() returns trigger language plpgsql as $$
begin
  raise exception 'the book of a day is written once';
end $$;
create trigger book_day_append_only before update or delete on book_day for each row execute function refuse_book_day_change();
create trigger book_day_no_truncate before truncate on book_day for each statement execute function refuse_book_day_change();

-- Entries of a day's sums belong to a tenant and to no loan; what corrects them belongs to the loan whose facts came late.
do $$
declare said text;
begin
  select pg_get_constraintdef(oid) into said from pg_constraint where conname = 'journal_entry_kind' and conrelid = 'journal_entry'::regclass;
  execute 'alter table journal_entry drop constraint journal_entry_kind';
  execute 'alter table journal_entry add constraint journal_entry_kind ' || replace(said, '''LOAN_BOOKED''::text',
    '''LOAN_BOOKED''::text, ''ACCRUAL''::text, ''ACCRUAL_OPENED''::text, ''ACCRUAL_CORRECTED''::text, ''PROVISION''::text');
end $$;
alter table journal_entry drop constraint journal_entry_loan_or_suspense, drop constraint journal_entry_source,
  add constraint journal_entry_of_no_loan check ((loan_id is null) = (source_kind in ('SUSPENSE', 'SUSPENSE_CLEARED', 'ACCRUAL', 'ACCRUAL_OPENED', 'PROVISION'))),
  add constraint journal_entry_source check ((source_kind in ('HELD_CREDIT', 'REVERSAL', 'ACCRUAL_CORRECTED', 'ACCRUAL', 'ACCRUAL_OPENED', 'PROVISION')) = (source_id is null)),
  -- Which part of the book an entry of a day's sums is about.
  add column product_code text, add column currency text, add column loan_class text,
  add constraint journal_entry_of_class check ((source_kind in ('ACCRUAL', 'ACCRUAL_OPENED', 'PROVISION')) = (loan_class is not null));
create unique index journal_entry_of_day on journal_entry (tenant_id, source_kind, value_on, product_code, currency, loan_class) where loan_class is not null;
create index journal_line_allowance on journal_line (entry_id) where account = '1304';

-- Interest of a schedule's row that is earned by the end of a day, for amounts of up to 5,000,000,000 fen: one rounding of the exact ratio, as a play of the
-- loan has it. `months` is the length of the row's period, `by_actual_days` how a contract whose year has twelve equal months shares a month.
create function earned_interest(balance bigint, rate_bps int, day_count text, by_actual_days boolean, months int, starts_on date, due_on date, interest bigint, at date)
returns bigint language sql immutable parallel safe as $$
  select case
    when at <= starts_on then 0
    when at >= due_on then interest
    else least(interest, case
      when day_count = 'periodic' and by_actual_days
        then (2 * balance * rate_bps * months * (at - starts_on) + 120000 * (due_on - starts_on)) / (240000 * (due_on - starts_on))
      when day_count = 'ACT/365' then (2 * balance * rate_bps * (at - starts_on) + 3650000) / 7300000
      when day_count = '30E/360' then (2 * balance * rate_bps * (
          360 * (extract(year from at)::int - extract(year from starts_on)::int) + 30 * (extract(month from at)::int - extract(month from starts_on)::int)
          + least(extract(day from at)::int, 30) - least(extract(day from starts_on)::int, 30)) + 3600000) / 7200000
      else (2 * balance * rate_bps * (at - starts_on) + 3600000) / 7200000
    end)
  end
$$;
