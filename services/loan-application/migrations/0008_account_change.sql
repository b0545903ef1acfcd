-- A payout that the bank refuses is mended by a signed addendum with another account, never by ordering the same account again.
alter table application add column refused_payee_record_ids uuid[] not null default '{}';
-- Refusals that a person looks at now. Where the limit was full or the bank could not say, nothing is known against the account.
update application set refused_payee_record_ids = array[payee_record_id]
where status = 'DISBURSEMENT_REVIEW' and exists (
  select 1 from review_task t where t.application_id = application.application_id and t.status = 'open'
    and coalesce(t.reasons -> 0 ->> 'code', '') not in ('LIMIT_EXCEEDED', 'PAYEE_NOT_VERIFIABLE'));

-- An addendum to a contract: the account that takes the place of the refused one. One at most waits for signatures; a newer draft voids it.
create table account_change (
  account_change_id uuid primary key,
  application_id uuid not null references application,
  payee_record_id uuid not null,
  payee_account text not null,
  template_version text not null,
  addendum_sha256 text not null,
  text text not null,
  drafted_at timestamptz not null,
  voided_at timestamptz,
  signed_at timestamptz
);
create unique index account_change_one_open on account_change (application_id) where voided_at is null and signed_at is null;

-- A signature is of the contract, or of an addendum to it: contract_sha256 is the hash of what was signed.
alter table signature add column account_change_id uuid references account_change;
drop index signature_one_open;
create unique index signature_one_open on signature (coalesce(account_change_id, contract_id), signer_role) where status in ('requested', 'signed');
