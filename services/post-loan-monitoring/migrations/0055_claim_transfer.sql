-- A claim that was sold (债权转让) is its buyer's: nothing of it is owed to the lender any more, and the loan goes on for nobody here.
alter table loan add column transferred_on date, add column transfer_id uuid,
  add constraint loan_transferred_by check ((transferred_on is null) = (transfer_id is null)) not valid,
  add constraint loan_transferred check ((status = 'TRANSFERRED') = (transferred_on is not null)) not valid;
alter table loan drop constraint loan_goes_on;
alter table loan add constraint loan_goes_on
  check (live = (settled_on is null and transferred_on is null) and (settled_on is null or transferred_on is null) and (live or oldest_due_on is null)) not valid;

insert into account (code, name, kind) values
  ('1221', 'Prices of claims sold, owed by their buyers (其他应收款)', 'asset'),
  ('6111', 'Gains and losses on claims sold (投资收益)', 'income');

-- The entries of a sale join the kinds that there are, whichever they are.
do $$
declare said text;
begin
  select pg_get_constraintdef(oid) into said from pg_constraint where conname = 'journal_entry_kind' and conrelid = 'journal_entry'::regclass;
  execute 'alter table journal_entry drop constraint journal_entry_kind';
  execute format('alter table journal_entry add constraint journal_entry_kind %s not valid', replace(replace(said, ' NOT VALID', ''),
    '''LOAN_BOOKED''::text', '''LOAN_BOOKED''::text, ''CLAIM_TRANSFERRED''::text, ''TRANSFER_PRICE''::text'));
end $$;

-- To whom, for what and with what a claim was sold, as it stood in the books; one row a loan, and none is ever changed.
create table claim_transfer (
  loan_id uuid primary key references loan,
  -- The request, as loan_change has it.
  transfer_id uuid not null,
  tenant_id text not null,
  buyer_name text not null,
  buyer_uscc text not null,
  price_minor bigint not null check (price_minor > 0),
  contract_reference text not null,
  contract_sha256 text not null,
  transferred_on date not null,
  loan_class text not null,
  was_written_off boolean not null,
  principal_minor bigint not null check (principal_minor >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  penalty_minor bigint not null check (penalty_minor >= 0),
  -- What was set aside for the loan by the last close, and was used.
  allowance_minor bigint not null check (allowance_minor >= 0),
  gain_minor bigint not null,
  -- The notice to the borrower.
  letter_id uuid not null unique references letter,
  recorded_at timestamptz not null
);
create index claim_transfer_day on claim_transfer (tenant_id, transferred_on);
create trigger claim_transfer_append_only before update or delete on claim_transfer for each row execute function refuse_journal_change();
create trigger claim_transfer_no_truncate before truncate on claim_transfer for each statement execute function refuse_journal_change();

-- Money in suspense may be of the price of a claim, or was paid on to the buyer of one: either names the loan, and the second the bank's name of the transfer.
do $$
declare named text;
begin
  for named in select conname from pg_constraint where conrelid = 'suspense'::regclass and contype = 'c'
    and (conname = 'suspense_state' or pg_get_constraintdef(oid) like '%loan_id IS NOT NULL%' or pg_get_constraintdef(oid) like '%return_reference IS NOT NULL%') loop
    execute format('alter table suspense drop constraint %I', named);
  end loop;
end $$;
alter table suspense
  add constraint suspense_state check (state in ('open', 'refunding', 'assigned', 'returned', 'price', 'passed_on')) not valid,
  add constraint suspense_loan check ((state in ('assigned', 'price', 'passed_on')) = (loan_id is not null)) not valid,
  add constraint suspense_sent_under check ((state in ('returned', 'passed_on')) = (return_reference is not null)) not valid;
create index suspense_price on suspense (loan_id) where state = 'price';
