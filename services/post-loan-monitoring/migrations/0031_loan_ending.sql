-- The end of a loan's file: from this day on what is known of it is kept, and used no more; both null before.
alter table loan
  add column closed_on date,
  -- Day until which its file is kept at least.
  add column retain_until date;

-- Loans of which nothing is owed any more, and whose files are open still: few at any time, so that the close of a day finds them without going through the book.
create table loan_ending (
  loan_id uuid primary key references loan,
  tenant_id text not null,
  settled_on date not null,
  -- Business date for which the letter of settlement was written; null before.
  lettered_on date
);
create index loan_ending_by_tenant on loan_ending (tenant_id, settled_on, loan_id);

insert into loan_ending (loan_id, tenant_id, settled_on) select loan_id, tenant_id, settled_on from loan where status = 'SETTLED' and settled_on is not null;
