-- What the hub asked for: the intent, kept before anything is read (design §4.6). Its id is the id of the score that comes of it.
create table score_request (
  score_id uuid primary key,
  application_id uuid not null,
  purpose text not null check (purpose in ('decision', 'reject_inference')),
  -- What made the hub ask, and what it asked: the same fact under another event id has both in common, a new request after a review has not.
  cause_id text not null,
  content_sha256 text not null,
  -- The payload as it came, with the firm's facts and their provenance; no personal data.
  request jsonb not null,
  event_id uuid not null,
  traceparent text,
  requested_at timestamptz not null,
  status text not null default 'requested' check (status in ('requested', 'scored', 'failed')),
  -- Tries in which the provider answered with something that is not the batch that was verified.
  unusable_tries int not null default 0,
  -- When the job is queued again, where it waits long for its next try or was lost with its process.
  next_attempt_at timestamptz not null,
  failure_code text,
  failure_detail text,
  finished_at timestamptz,
  unique (application_id, purpose, cause_id, content_sha256),
  check ((status = 'requested') = (finished_at is null)),
  check ((status = 'failed') = (failure_code is not null))
);
create index score_request_due on score_request (next_attempt_at) where status = 'requested';

-- A score with everything it takes to compute it again to the same answer (R-CR-01, R-IT-04).
create table score (
  score_id uuid primary key references score_request,
  application_id uuid not null,
  purpose text not null,
  score int not null,
  grade text not null,
  scorecard_id text not null,
  scorecard_sha256 text not null,
  policy_version text not null,
  -- SHA-256 (hex) of the canonical JSON of the inputs.
  inputs_sha256 text not null,
  -- Request, facts with provenance, features, consent, versions and hashes.
  inputs jsonb not null,
  -- Contributions, index, caps, price and reasons.
  result jsonb not null,
  computed_at timestamptz not null
);
create index score_application on score (application_id, computed_at);

create function refuse_score_change() returns trigger language plpgsql as $$
begin
  raise exception 'scores are append-only: a new request makes a new score';
end;
$$;
create trigger score_append_only before update or delete on score for each row execute function refuse_score_change();
