-- The filing under which a case was handed in at the court electronically: our id of it, and that of the dispatch that tells the court; null where it was filed by hand.
alter table legal_case add column filing_id uuid references dispatch;

-- Cases of whose news the court is asked.
create table court_watch (
  watch_id uuid primary key,
  loan_id uuid not null,
  case_id uuid not null,
  -- Counts who has had the watch in hand: a worker whose turn is over may not act on it any more.
  turn int not null default 0,
  -- Null once the case is closed.
  next_action_at timestamptz,
  -- What the last look has found that is for people, e.g. that the court knows no such case; null where it found nothing.
  finding text,
  looked_at timestamptz,
  unique (loan_id, case_id),
  foreign key (loan_id, case_id) references legal_case (loan_id, case_id)
);
create index court_watch_due on court_watch (next_action_at) where next_action_at is not null;

-- What the court has told of a case, each once, and what was made of it.
create table court_news (
  loan_id uuid not null,
  news_id uuid not null,
  seq bigint generated always as identity unique,
  case_id uuid not null,
  content jsonb not null,
  -- Why it was not taken over; null where it was.
  finding text,
  recorded_at timestamptz not null,
  primary key (loan_id, news_id),
  foreign key (loan_id, case_id) references legal_case (loan_id, case_id)
);
create index court_news_case on court_news (loan_id, case_id, seq);
create trigger court_news_append_only before update or delete on court_news for each row execute function refuse_journal_change();
create trigger court_news_no_truncate before truncate on court_news for each statement execute function refuse_journal_change();
