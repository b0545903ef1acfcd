-- Somebody says that the bank took money of a repayment back: two persons decide before anything is booked. A row of repayment_reversal follows where they
-- agree, in the transaction that books it.
create table reversal_request (
  loan_id uuid not null references loan,
  reversal_id uuid not null,
  repayment_id uuid not null,
  task_id uuid not null unique references task,
  reason text not null,
  content_sha256 text not null,
  state text not null default 'requested' check (state in ('requested', 'reversed', 'refused')),
  requested_at timestamptz not null,
  requested_by text not null,
  decided_at timestamptz,
  primary key (loan_id, reversal_id),
  foreign key (loan_id, repayment_id) references repayment (loan_id, repayment_id),
  check ((state = 'requested') = (decided_at is null))
);
-- A repayment that was taken back frees the bank's reference: the transfer may come again, be told rightly, or belong to another loan.
alter table repayment add column reversed_at timestamptz;
alter table repayment drop constraint repayment_bank_reference;
create unique index repayment_bank_reference on repayment (tenant_id, bank_reference) where reversed_at is null;
-- One question at a time about a repayment; one that was refused may be asked again.
create unique index reversal_request_repayment on reversal_request (loan_id, repayment_id) where state <> 'refused';
