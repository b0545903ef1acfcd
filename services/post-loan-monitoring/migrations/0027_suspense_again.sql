-- Money of the statement that was booked on a wrong loan is in suspense again once two persons have taken it out of that loan. The entry names that
-- decision by its task, and so does what clears suspense from now on, as a line may come and go more than once. A wider check holds for all rows that are there.
do $$
declare
  named text;
  said text;
begin
  foreach named in array array['journal_entry_kind', 'journal_entry_of_no_loan'] loop
    select pg_get_constraintdef(oid) into said from pg_constraint where conname = named and conrelid = 'journal_entry'::regclass;
    execute format('alter table journal_entry drop constraint %I', named);
    execute format('alter table journal_entry add constraint %I %s not valid', named,
      replace(replace(said, ' NOT VALID', ''), '''SUSPENSE''::text', '''SUSPENSE''::text, ''SUSPENSE_AGAIN''::text'));
  end loop;
end $$;

-- Why it is in suspense again; null where what is said of the line itself stands.
alter table suspense add column again_for text;
