-- Products are data: a version never changes, a change is a new version (design §7).
create table product (
  product_code text not null,
  version int not null check (version > 0),
  name text not null,
  name_zh text not null,
  status text not null check (status in ('open', 'closed')),
  effective_from date not null,
  min_amount_minor bigint not null check (min_amount_minor > 0),
  max_amount_minor bigint not null,
  amount_step_minor bigint not null check (amount_step_minor > 0),
  min_tenor_months int not null check (min_tenor_months > 0),
  max_tenor_months int not null,
  repayment_methods text[] not null,
  day_count text not null,
  required_consents text[] not null,
  fees jsonb not null default '[]',
  primary key (product_code, version),
  check (max_amount_minor >= min_amount_minor and max_tenor_months >= min_tenor_months)
);

-- One application, the aggregate of this service. Its life is in application_history; the row is what the next step needs.
create table application (
  application_id uuid primary key,
  tenant_id text not null,
  partner_id text not null,
  maker_id text not null,
  account_manager_id text,
  status text not null,
  product_code text not null,
  product_version int not null,
  product_terms jsonb not null,
  requested_amount_minor bigint not null check (requested_amount_minor > 0),
  currency text not null,
  tenor_months int not null,
  repayment_method text not null,
  purpose text not null,
  uscc text not null,
  company_name text not null,
  declared_revenue_minor bigint not null,
  industry_code text not null,
  disclosures_acknowledged text[] not null,
  applicant_record_id uuid not null,
  payee_record_id uuid not null,
  invoice_consent_id uuid,
  policy_version text not null,
  content_sha256 text not null,
  submitted_at timestamptz not null,
  updated_at timestamptz not null,
  deadline_at timestamptz,
  verification jsonb,
  score jsonb,
  decision jsonb,
  contract_id uuid,
  contract_sha256 text,
  loan_id uuid,
  failed_payout_id uuid,
  rejected_at timestamptz,
  rejected_for_fraud boolean not null default false,
  history_seq int not null default 0,
  history_head text not null default repeat('0', 64),
  foreign key (product_code, product_version) references product (product_code, version)
);
-- A firm has one live application for a product (domain §4.1); it ends when the money is out, or with the application.
create unique index application_one_live on application (tenant_id, uscc, product_code)
  where status not in ('ACTIVE', 'SETTLED', 'REJECTED', 'CANCELLED', 'EXPIRED');
create index application_cooling_off on application (tenant_id, uscc, rejected_at desc) where rejected_at is not null;
create index application_deadline on application (deadline_at) where deadline_at is not null;
create index application_newest on application (tenant_id, partner_id, application_id desc);
create index application_by_status on application (tenant_id, status, application_id desc);

-- Consent ledger (R-LE-01): what was agreed to, in which words, when; the id travels in events.
create table consent (
  consent_id uuid primary key,
  application_id uuid not null references application,
  type text not null,
  text_version text not null,
  text_sha256 text not null,
  granted_at timestamptz not null,
  recorded_at timestamptz not null,
  unique (application_id, type)
);

-- Everything that happened to an application, who did it and why (R-OP-09); each row seals the one before it (R-OP-06).
create table application_history (
  application_id uuid not null references application,
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
  primary key (application_id, seq)
);
create function refuse_history_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history of an application is append-only';
end $$;
create trigger application_history_append_only before update or delete on application_history for each row execute function refuse_history_change();
create trigger application_history_no_truncate before truncate on application_history for each statement execute function refuse_history_change();

-- Work for people. An application has one open task at most.
create table review_task (
  review_task_id uuid primary key,
  application_id uuid not null references application,
  tenant_id text not null,
  stage text not null check (stage in ('verification', 'approval', 'disbursement')),
  tier text not null check (tier in ('T1', 'T2', 'T3')),
  status text not null check (status in ('open', 'decided', 'closed')),
  reasons jsonb not null,
  figures jsonb not null,
  maker_id text not null,
  account_manager_id text,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  reminders int not null default 0,
  decision text check (decision in ('approve', 'reject')),
  decision_id uuid,
  decided_by text,
  decided_at timestamptz,
  reason_code text,
  comment text,
  check ((status = 'decided') = (decision is not null))
);
create unique index review_task_one_open on review_task (application_id) where status = 'open';
create index review_task_queue on review_task (tenant_id, status, due_at, review_task_id);

-- The offer with its all-in cost sheet (G-PR-02), kept as it was shown.
create table offer (
  offer_id uuid primary key,
  application_id uuid not null references application,
  amount_minor bigint not null check (amount_minor > 0),
  rate_bps int not null,
  effective_annual_rate_bps int not null,
  tenor_months int not null,
  repayment_method text not null,
  cost_sheet jsonb not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  shown_at timestamptz,
  accepted_at timestamptz
);
create unique index offer_of_application on offer (application_id);

-- The contract as it was bound from its template; the hash is what gets signed (G-EC-02).
create table contract (
  contract_id uuid primary key,
  application_id uuid not null references application,
  template_version text not null,
  contract_sha256 text not null,
  text text not null,
  generated_at timestamptz not null,
  signed_at timestamptz
);
create unique index contract_of_application on contract (application_id);

-- Intent and outcome of a signature: signature_id is the provider's idempotency key for good (design §4.6).
create table signature (
  signature_id uuid primary key,
  application_id uuid not null references application,
  contract_id uuid not null references contract,
  contract_sha256 text not null,
  status text not null check (status in ('requested', 'signed', 'refused')),
  certificate_serial text,
  requested_at timestamptz not null,
  finished_at timestamptz
);
create unique index signature_one_open on signature (contract_id) where status in ('requested', 'signed');

-- Ids that clients made for their writes; the scope of an id is tenant, principal and resource (design §4.10).
create table client_request (
  tenant_id text not null,
  principal_id text not null,
  resource text not null,
  request_id uuid not null,
  content_sha256 text not null,
  application_id uuid not null references application,
  requested_at timestamptz not null,
  primary key (tenant_id, principal_id, resource, request_id)
);
