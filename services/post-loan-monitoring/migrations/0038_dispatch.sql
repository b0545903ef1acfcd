-- What an outside party is told about a loan in writing, one row a matter. dispatch_id is the party's idempotency key for good: no row ever gets another.
create table dispatch (
  dispatch_id uuid primary key,
  tenant_id text not null,
  application_id uuid not null,
  loan_id uuid not null references loan,
  party text not null,
  -- Body that the party is told, the same each time.
  content jsonb not null,
  policy_version text not null,
  -- The letter that it delivers.
  letter_id uuid references letter,
  -- Whose contacts of a day it counts among; null where neither hours nor number bind it.
  party_key text,
  -- Sent only while this is the oldest unpaid due date of the loan.
  while_due_on date,
  -- What the party has not seen by then is not sent any more.
  send_until timestamptz,
  -- PLANNED: the party knows nothing. SENT: it may know. UNKNOWN: it was told and gave no final answer.
  state text not null default 'PLANNED' check (state in ('PLANNED', 'SENT', 'UNKNOWN', 'DONE', 'REFUSED', 'DROPPED')),
  -- The party's own name of it: from then on it has owned up to it.
  reference text,
  reason_code text,
  sends int not null default 0,
  queries int not null default 0,
  -- Counts who has had it in hand: a worker whose turn is over may not act on it any more.
  turn int not null default 0,
  next_action_at timestamptz,
  planned_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  check ((state in ('DONE', 'REFUSED', 'DROPPED')) = (ended_at is not null)),
  check ((ended_at is null) = (next_action_at is not null)),
  check ((state in ('REFUSED', 'DROPPED')) = (reason_code is not null))
);
create index dispatch_due on dispatch (next_action_at) where next_action_at is not null;
create index dispatch_loan on dispatch (loan_id, planned_at);
create unique index dispatch_letter on dispatch (letter_id) where letter_id is not null;

-- How far the notices of a day are planned: loans are taken in the order of their ids.
create table notice_day (
  tenant_id text not null,
  day date not null,
  after_loan uuid not null,
  planned int not null default 0,
  done_at timestamptz,
  primary key (tenant_id, day)
);
