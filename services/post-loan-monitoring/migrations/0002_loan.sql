-- A loan account. The ladder of classes, buckets and stages is kept beside it, never in its status (domain §4, trap 1).
create table loan (
  loan_id uuid primary key,
  application_id uuid not null unique,
  contract_id uuid not null,
  payout_id uuid not null,
  tenant_id text not null,
  partner_id text not null,
  uscc text not null,
  currency text not null,
  principal_minor bigint not null check (principal_minor > 0),
  rate_bps int not null check (rate_bps >= 0),
  tenor_months int not null check (tenor_months > 0),
  repayment_method text not null,
  day_count text not null,
  disbursed_on date not null,
  matures_on date not null check (matures_on > disbursed_on),
  instalment_minor bigint not null,
  total_interest_minor bigint not null,
  -- Pack that the contract was signed under and keeps.
  policy_version text not null,
  status text not null check (status in ('ACTIVE', 'SETTLED')),
  outstanding_principal_minor bigint not null check (outstanding_principal_minor between 0 and principal_minor),
  -- Money received that is neither due nor a full payoff; it pays what falls due later.
  held_minor bigint not null default 0 check (held_minor >= 0),
  -- Due date of the oldest row that is not fully paid; days past due and the ticker's work are read from it, without the rows.
  oldest_due_on date,
  -- Latest value date of a posting: the books of a loan never go back behind it.
  valued_on date not null,
  settled_on date,
  booked_at timestamptz not null,
  check ((status = 'SETTLED') = (settled_on is not null)),
  check ((status = 'SETTLED') = (oldest_due_on is null)),
  check (status <> 'SETTLED' or outstanding_principal_minor = 0)
);
-- Money held on these loans pays a row as soon as its day comes; nothing else is looked at.
create index loan_held_credit on loan (oldest_due_on, loan_id) where held_minor > 0 and status = 'ACTIVE';

alter table journal_entry add foreign key (loan_id) references loan;

-- Schedule rows; only open ones are read or written by a repayment.
create table instalment (
  loan_id uuid not null references loan,
  number int not null check (number > 0),
  -- First day of the interest period: the disbursement or the due date before.
  starts_on date not null,
  due_on date not null check (due_on > starts_on),
  principal_minor bigint not null check (principal_minor >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  -- Principal owed after this row, by the schedule.
  balance_minor bigint not null check (balance_minor >= 0),
  paid_principal_minor bigint not null default 0 check (paid_principal_minor between 0 and principal_minor),
  paid_interest_minor bigint not null default 0 check (paid_interest_minor >= 0),
  -- Interest that is not owed because the loan was paid off before the period ended (G-PR-10).
  waived_interest_minor bigint not null default 0 check (waived_interest_minor >= 0),
  open boolean not null generated always as (paid_principal_minor < principal_minor or paid_interest_minor + waived_interest_minor < interest_minor) stored,
  primary key (loan_id, number),
  check (paid_interest_minor + waived_interest_minor <= interest_minor)
);
create index instalment_open on instalment (loan_id, number) where open;

-- Money that came in. The bank's reference names one transfer for good, so a callback that comes twice is found whatever id it carries (S16).
create table repayment (
  loan_id uuid not null references loan,
  repayment_id uuid not null,
  -- Order of recording.
  seq bigint generated always as identity unique,
  tenant_id text not null,
  entry_id uuid not null unique references journal_entry,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  bank_reference text not null,
  received_on date not null,
  -- Day from which it counts: that of the receipt, or of the loan's last posting where that is later.
  value_on date not null check (value_on >= received_on),
  content_sha256 text not null,
  fees_minor bigint not null check (fees_minor >= 0),
  penalty_minor bigint not null check (penalty_minor >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  principal_minor bigint not null check (principal_minor >= 0),
  unallocated_minor bigint not null check (unallocated_minor >= 0),
  waived_interest_minor bigint not null check (waived_interest_minor >= 0),
  -- State of the loan after it, as the first answer told it.
  outstanding_principal_minor bigint not null check (outstanding_principal_minor >= 0),
  settled_loan boolean not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (loan_id, repayment_id),
  constraint repayment_bank_reference unique (tenant_id, bank_reference),
  check (fees_minor + penalty_minor + interest_minor + principal_minor + unallocated_minor = amount_minor)
);
create index repayment_loan on repayment (loan_id, seq);

-- A second id under which the same transfer was reported; kept so that this id, too, answers the same for good.
create table repayment_duplicate (
  loan_id uuid not null,
  repayment_id uuid not null,
  duplicate_of uuid not null,
  content_sha256 text not null,
  recorded_at timestamptz not null,
  primary key (loan_id, repayment_id),
  foreign key (loan_id, duplicate_of) references repayment (loan_id, repayment_id)
);

-- Which part of an entry paid what of which row: the journal by instalment, and as unchangeable.
create table allocation (
  entry_id uuid not null references journal_entry,
  line_no int not null check (line_no > 0),
  loan_id uuid not null,
  instalment int not null,
  bucket text not null check (bucket in ('fees', 'penalty', 'overdueInterest', 'overduePrincipal', 'currentInterest', 'currentPrincipal')),
  amount_minor bigint not null check (amount_minor > 0),
  primary key (entry_id, line_no),
  foreign key (loan_id, instalment) references instalment (loan_id, number)
);
create trigger allocation_append_only before update or delete on allocation for each row execute function refuse_journal_change();
create trigger allocation_no_truncate before truncate on allocation for each statement execute function refuse_journal_change();
