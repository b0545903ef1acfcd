-- Natural persons behind an application. Every personal field is encrypted by the service (AES-256-GCM, key id in the value);
-- *_index columns are keyed hashes for look-ups, so that no plain value is ever in the database (design §5, R-OP-02).
create table applicant_record (
  applicant_record_id uuid primary key,
  application_id uuid not null,
  tenant_id text not null,
  partner_id text not null,
  -- Keyed hash of the whole content: the same content is the same record, and no plain hash of personal data is kept.
  content_index text not null,
  name_encrypted text not null,
  id_number_encrypted text not null,
  id_number_index text not null,
  mobile_encrypted text not null,
  mobile_index text not null,
  device_encrypted text,
  device_index text,
  form_fill_seconds integer check (form_fill_seconds >= 0),
  recorded_at timestamptz not null,
  unique (application_id, tenant_id, partner_id, content_index)
);
create index applicant_record_id_number on applicant_record (id_number_index);
create index applicant_record_mobile on applicant_record (mobile_index);

-- One verification an application: first the intent with the ids of every outside query, later the outcome with all its inputs.
create table verification (
  application_id uuid primary key,
  applicant_record_id uuid not null,
  uscc text not null,
  requested_amount_minor bigint not null,
  declared_revenue_minor bigint not null,
  policy_version text not null,
  -- The consents by id, as the hub recorded them: which query ran under which consent is in source_reply.
  consents jsonb not null,
  -- Our own id of each outside query, made before any call: a retry asks under the same id (design §4.6).
  query_ids jsonb not null,
  -- Copied from the applicant record, so that counting rings needs one index.
  device_index text,
  mobile_index text not null,
  causation_id text not null,
  traceparent text,
  requested_at timestamptz not null,
  -- Rounds in which a source gave no answer.
  attempts integer not null default 0,
  -- When the ticker queues the job again: after a parked round, or where the job was lost with its process.
  next_attempt_at timestamptz,
  outcome text check (outcome in ('pass', 'refer', 'reject')),
  fraud_score integer,
  findings jsonb,
  -- What the tables read, and the tables' hashes: the decision can be recomputed to the same answer (design §5).
  signals jsonb,
  table_hashes jsonb,
  facts jsonb,
  completed_at timestamptz,
  check ((outcome is null) = (completed_at is null))
);
create index verification_due on verification (next_attempt_at) where outcome is null;
create index verification_uscc on verification (uscc, requested_at);
create index verification_device on verification (device_index, requested_at) where device_index is not null;
create index verification_mobile on verification (mobile_index, requested_at);

-- Every reply of an outside party, as evidence (R-CR-09, R-LG-03). Replies that hold personal data are encrypted.
create table source_reply (
  query_id uuid primary key,
  application_id uuid not null,
  source text not null,
  sha256 text not null,
  fetched_at timestamptz not null,
  consent_id uuid,
  body text not null,
  body_encrypted boolean not null,
  unique (application_id, source)
);
