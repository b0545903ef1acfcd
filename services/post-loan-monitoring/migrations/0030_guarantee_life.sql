-- What becomes of a guarantee: its guarantor is asked to pay, once; whoever buys the claim has the guarantee too.
alter table guarantee
  add column claim_id uuid,
  add column claimed_on date,
  add column claimed_minor bigint check (claimed_minor > 0),
  -- Business date for which it was told that the guarantee lapses soon; null before, and again where its time has become longer.
  add column alarmed_on date,
  -- Two persons have found that it may lapse.
  add column let_lapse_at timestamptz,
  add constraint guarantee_claimed check ((claim_id is null) = (claimed_on is null) and (claim_id is null) = (claimed_minor is null)),
  drop constraint guarantee_state_check,
  add constraint guarantee_state_check check (state in ('live', 'claimed', 'compensated', 'lapsed', 'released', 'transferred'));

-- Whose money a transfer is that a guarantor makes or has made; the repayment that it is once the bank has shown it.
create table guarantee_compensation (
  loan_id uuid not null,
  compensation_id uuid not null,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  guarantee_id uuid not null,
  bank_reference text not null,
  repayment_id uuid,
  -- What of it the guarantor can ask the borrower for: at most what it has paid of the loan, and the limit of the guarantee.
  subrogated_minor bigint check (subrogated_minor >= 0),
  recorded_at timestamptz not null,
  matched_at timestamptz,
  primary key (loan_id, compensation_id),
  unique (tenant_id, bank_reference),
  foreign key (loan_id, compensation_id) references loan_change (loan_id, change_id),
  foreign key (loan_id, guarantee_id) references guarantee,
  foreign key (loan_id, repayment_id) references repayment (loan_id, repayment_id),
  check ((repayment_id is null) = (subrogated_minor is null) and (repayment_id is null) = (matched_at is null))
);

-- The guarantee as an attribute of a loan: null where nobody stands for it.
alter table loan_standing add column guarantee_status text, add column guarantee_on date;
alter table loan_standing_history add column guarantee_status text;

-- Loans for which somebody stands already. What has ended has released its guarantors.
update guarantee g set state = 'released' from loan l where l.loan_id = g.loan_id and not l.live and g.state = 'live';
insert into loan_standing as s (loan_id, tenant_id, bucket, loan_class, ecl_stage, through, bucket_on, class_on, stage_on, changed_at, changes, guarantee_status, guarantee_on)
select distinct on (g.loan_id) g.loan_id, g.tenant_id, 'M0', 'NORMAL', 1, l.disbursed_on, l.disbursed_on, l.disbursed_on, l.disbursed_on, g.recorded_at, 0, g.state,
  (g.recorded_at at time zone 'Asia/Shanghai')::date
from guarantee g join loan l using (loan_id) order by g.loan_id, g.state
on conflict (loan_id) do update set guarantee_status = excluded.guarantee_status, guarantee_on = excluded.guarantee_on;
