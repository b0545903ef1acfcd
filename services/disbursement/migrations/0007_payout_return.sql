-- The bank may send a payout back after it was paid (退汇). Wider checks hold for all rows that are there.
alter table payout drop constraint payout_status_check, drop constraint payout_paid_at;
alter table payout
  add constraint payout_status_check check (status in ('RESERVED', 'INSTRUCTED', 'UNKNOWN', 'PAID', 'FAILED', 'RETURNED')) not valid,
  add constraint payout_paid_at check (paid_at is null or status in ('PAID', 'RETURNED')) not valid,
  add constraint payout_returned check (status <> 'RETURNED' or (paid_at is not null and bank_reference is not null)) not valid;

-- RETURN: the statement shows the payout coming back.
alter table payout_step drop constraint payout_step_action_check;
alter table payout_step add constraint payout_step_action_check check (action in ('RESERVE', 'VERIFY', 'SEND', 'ASK', 'ANSWER', 'ALARM', 'RETURN')) not valid;

-- Each line that the bank says is a transfer of ours coming back, with what it was found to be. It is told of when that is known.
create table payout_return (
  line_id uuid primary key references bank_line,
  tenant_id text not null,
  -- waiting: its payout has no final answer, or no day, yet. returned: the payout came back with it. unmatched: it is no payout as it was paid.
  state text not null check (state in ('waiting', 'returned', 'unmatched')),
  payout_id uuid references payout,
  noticed_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'unmatched') or payout_id is not null),
  check ((state = 'waiting') = (settled_at is null))
);
create unique index payout_return_once on payout_return (payout_id) where state = 'returned';
create index payout_return_waiting on payout_return (payout_id) where state = 'waiting';
