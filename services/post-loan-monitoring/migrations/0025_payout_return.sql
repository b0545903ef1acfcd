-- The bank may send a payout back after it was paid (退汇): the loan is void, and the journal says so by an entry that names the line of the statement. A wider check
-- holds for all rows that are there.
do $$
declare said text;
begin
  select pg_get_constraintdef(oid) into said from pg_constraint where conname = 'journal_entry_kind' and conrelid = 'journal_entry'::regclass;
  execute 'alter table journal_entry drop constraint journal_entry_kind';
  execute format('alter table journal_entry add constraint journal_entry_kind %s not valid',
    replace(replace(said, ' NOT VALID', ''), '''LOAN_BOOKED''::text', '''LOAN_BOOKED''::text, ''PAYOUT_RETURNED''::text'));
end $$;

-- Day from which the bank has given the payout back, and the line that shows it; null for a loan that lives, or has.
alter table loan add column returned_on date, add column return_line_id uuid,
  add constraint loan_returned_by check ((returned_on is null) = (return_line_id is null)) not valid,
  add constraint loan_returned check ((status = 'RETURNED') = (returned_on is not null)) not valid;

-- RETURNED: it has brought back the payout of the loan that it names. Such a line is no repayment.
alter table bank_line drop constraint bank_line_outcome_check, drop constraint bank_line_check1,
  add constraint bank_line_outcome_check check (outcome in ('BOOKED', 'CONFIRMED', 'SUSPENSE', 'RETURNED')) not valid,
  add constraint bank_line_repayment check ((outcome in ('SUSPENSE', 'RETURNED')) = (repayment_id is null)) not valid;
