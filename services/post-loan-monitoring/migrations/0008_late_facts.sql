-- A fact may become known late, and changes what was posted before: an entry that is no longer true is taken back by one with its sides turned, of the same
-- value date, and the right one is posted beside it. The journal itself still only grows.
alter table journal_entry add column reverses uuid unique references journal_entry, add column correction int not null default 0 check (correction >= 0);
do $$
declare named text;
begin
  for named in select conname from pg_constraint where conrelid = 'journal_entry'::regclass
    and ((contype = 'c' and pg_get_constraintdef(oid) like '%HELD_CREDIT%') or (contype = 'u' and pg_get_constraintdef(oid) like '%source_kind%')) loop
    execute format('alter table journal_entry drop constraint %I', named);
  end loop;
end $$;
alter table journal_entry
  add constraint journal_entry_kind check (source_kind in ('LOAN_BOOKED', 'REPAYMENT', 'HELD_CREDIT', 'REVERSAL')),
  add constraint journal_entry_source check ((source_kind in ('HELD_CREDIT', 'REVERSAL')) = (source_id is null)),
  add constraint journal_entry_reversal check ((source_kind = 'REVERSAL') = (reverses is not null)),
  -- A source is posted once, and once more only after it was taken back.
  add constraint journal_entry_once unique (loan_id, source_kind, source_id, correction);

-- Money that the bank took back, e.g. a debit that bounced. The repayment stays as it was told; it counts no more.
create table repayment_reversal (
  loan_id uuid not null,
  repayment_id uuid not null,
  reason text not null,
  reversed_at timestamptz not null,
  reversed_by text not null,
  primary key (loan_id, repayment_id),
  foreign key (loan_id, repayment_id) references repayment (loan_id, repayment_id)
);
create trigger repayment_reversal_append_only before update or delete on repayment_reversal for each row execute function refuse_journal_change();
create trigger repayment_reversal_no_truncate before truncate on repayment_reversal for each statement execute function refuse_journal_change();

-- A repayment counts from its own day, even where that lies before the last posting; repayments of before keep the day that they were given.
-- A loan whose instalments are paid may still owe charges for lateness, and goes on without a due date then.
alter table loan drop constraint loan_goes_on;
alter table loan add constraint loan_goes_on check (live = (settled_on is null) and (live or oldest_due_on is null));
