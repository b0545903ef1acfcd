-- Who is to stand for the loan of an application. Those of before name nobody, and go on so.
create table guarantor (
  guarantor_id uuid primary key,
  application_id uuid not null references application,
  number int not null check (number > 0),
  party text not null check (party in ('person', 'firm')),
  -- The record at kyc-antifraud, which alone has a person in the clear, and the lender's reference, which is one for all loans of the guarantor.
  guarantor_record_id uuid not null,
  guarantor_ref text not null,
  -- A firm by its name and code; a person masked.
  name text not null,
  identifier text not null,
  kind text not null check (kind in ('joint', 'general')),
  limit_minor bigint not null check (limit_minor > 0),
  -- Share of the principal; null for the whole loan.
  share_bps int check (share_bps between 1 and 10000),
  -- As the application says; null where nothing is agreed.
  period_months int check (period_months > 0),
  -- The contract of guarantee, from the acceptance of the offer on.
  template_version text,
  contract_sha256 text,
  text text,
  text_en text,
  agreed_limit_minor bigint check (agreed_limit_minor > 0),
  agreed_period_months int check (agreed_period_months > 0),
  drafted_at timestamptz,
  signed_at timestamptz,
  refused_at timestamptz,
  unique (application_id, number),
  unique (application_id, guarantor_ref),
  check (num_nulls(template_version, contract_sha256, text, text_en, agreed_limit_minor, agreed_period_months, drafted_at) in (0, 7)),
  check (drafted_at is not null or (signed_at is null and refused_at is null)),
  check (signed_at is null or refused_at is null)
);

-- How many have to stand for a loan of the product at least; null where nobody has to.
alter table product add column min_guarantors int check (min_guarantors between 1 and 5);

-- A consent is the applicant's, or a guarantor's; each gives a type once.
alter table consent add column guarantor_id uuid references guarantor;
alter table consent drop constraint consent_application_id_type_key;
create unique index consent_once on consent (application_id, guarantor_id, type) nulls not distinct;

-- A signature may be of a contract of guarantee: contract_id is then the contract that the guarantee stands for, and contract_sha256 what was signed.
alter table signature add column guarantor_id uuid references guarantor;
alter table signature drop constraint signature_signer_role_check;
alter table signature add constraint signature_signer_role_check check (signer_role in ('borrower', 'lender', 'guarantor'));
drop index signature_one_open;
create unique index signature_one_open on signature (contract_id, account_change_id, guarantor_id, signer_role) nulls not distinct where status in ('requested', 'signed');
