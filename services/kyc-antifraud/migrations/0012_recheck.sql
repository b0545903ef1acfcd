-- What was looked at again before money left: the intent first, and later what was found, with all that it was made of. Answers of sources are kept with those of the verification.
create table recheck (
  recheck_id uuid primary key,
  application_id uuid not null references verification,
  causation_id text not null,
  traceparent text,
  requested_at timestamptz not null,
  -- Rounds in which a source gave no answer.
  attempts int not null default 0,
  -- When it is taken up again: after a round in which a source stayed away, or where its job was lost.
  next_attempt_at timestamptz,
  outcome text check (outcome in ('passed', 'failed')),
  stops boolean,
  -- Everything that was found, and what of it was new.
  findings jsonb,
  new_findings jsonb,
  signals jsonb,
  table_hashes jsonb,
  facts jsonb,
  completed_at timestamptz,
  check ((outcome is null) = (completed_at is null))
);
create index recheck_due on recheck (next_attempt_at) where outcome is null;
