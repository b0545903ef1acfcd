-- The debit by which the statement shows that a refund has left the account, whatever the bank has answered about it; once a refund, and one refund a debit.
create table refund_debit (
  refund_id uuid primary key references refund,
  line_id uuid not null unique references bank_line,
  seen_at timestamptz not null
);
