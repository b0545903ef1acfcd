-- A loan that was written off is in the books no more (账销案存): what is owed of it is kept in memo accounts, and money for it is a recovery.
alter table loan add column written_off_on date, add column write_off_id uuid, add constraint loan_written_off_by check ((written_off_on is null) = (write_off_id is null));

-- The entry of a write-off joins the kinds that there are, whichever they are.
do $$
declare said text;
begin
  select pg_get_constraintdef(oid) into said from pg_constraint where conname = 'journal_entry_kind' and conrelid = 'journal_entry'::regclass;
  execute 'alter table journal_entry drop constraint journal_entry_kind';
  execute 'alter table journal_entry add constraint journal_entry_kind ' || replace(said, '''LOAN_BOOKED''::text', '''LOAN_BOOKED''::text, ''WRITTEN_OFF''::text');
end $$;
