-- What a court tells of a case, in the order in which it became known there.
create table court_news (
  news_id uuid primary key,
  seq bigint generated always as identity unique,
  -- The lender's id of the electronic filing; null for a case that was filed on paper.
  filing_id uuid,
  case_number text not null,
  content jsonb not null
);
create index court_news_filing on court_news (filing_id, seq);
create index court_news_number on court_news (case_number, seq);
