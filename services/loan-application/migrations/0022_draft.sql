-- An application that is being filled in, under the id that the application will have. Nothing of a person and no account is in it: those come with the submission.
create table draft (
  application_id uuid primary key,
  tenant_id text not null,
  partner_id text not null,
  maker_id text not null,
  status text not null,
  live boolean not null,
  -- What is given so far; emptied where the draft ends without a submission.
  fields jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deadline_at timestamptz,
  history_seq int not null,
  history_head text not null
);
create index draft_deadline on draft (deadline_at) where deadline_at is not null;

create table draft_history (
  application_id uuid not null references draft,
  seq int not null,
  trigger text not null,
  effect text not null check (effect in ('moved', 'recorded', 'ignored', 'noted')),
  status_from text not null,
  status_to text not null,
  actor_kind text not null,
  actor_id text not null,
  reason text not null,
  evidence jsonb not null,
  causation_id text not null,
  at timestamptz not null,
  prev_sha256 text not null,
  row_sha256 text not null,
  decision text,
  position bigint generated always as identity unique,
  primary key (application_id, seq)
);
create trigger draft_history_append_only before update or delete on draft_history for each row execute function refuse_history_change();
create trigger draft_history_no_truncate before truncate on draft_history for each statement execute function refuse_history_change();

-- Consents one by one (R-LE-01), to texts that the lender has published; the submission takes over those that stand.
create table draft_consent (
  consent_id uuid primary key,
  application_id uuid not null references draft,
  type text not null,
  text_version text not null,
  text_sha256 text not null,
  granted_at timestamptz not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index draft_consent_standing on draft_consent (application_id, type) where withdrawn_at is null;

-- Pages that the applicant was shown, and when it ticked them (R-AP-12).
create table draft_disclosure (
  view_id uuid primary key,
  application_id uuid not null references draft,
  type text not null,
  text_version text not null,
  text_id text not null,
  text_sha256 text not null,
  shown_at timestamptz not null,
  ticked_at timestamptz
);
create index draft_disclosure_of_draft on draft_disclosure (application_id);
