-- What was misused, in fen: from its day on it bears the raise of the contract (G-PR-07). A fact without it classes the loan and costs nothing.
alter table class_fact add column amount_minor bigint check (amount_minor is null or (amount_minor > 0 and kind = 'misuse'));

-- Loans with misused money, with the day through which their schedules say what it asks for.
create table misused_loan (
  loan_id uuid primary key references loan,
  played_through date not null
);
