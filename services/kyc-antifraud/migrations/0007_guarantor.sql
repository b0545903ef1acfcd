-- Who is to stand for a loan, kept as applicants are: encrypted field by field, with keyed hashes for look-ups. A firm has its code where a person has its id number.
create table guarantor_record (
  guarantor_record_id uuid primary key,
  application_id uuid not null,
  tenant_id text not null,
  partner_id text not null,
  guarantor_id uuid not null,
  party text not null check (party in ('person', 'firm')),
  -- The lender's own reference, one for all loans of the guarantor: events and books name it by this alone.
  guarantor_ref text not null,
  wrapped_key text not null,
  name_encrypted text not null,
  identifier_encrypted text not null,
  identifier_index text not null,
  mobile_encrypted text not null,
  content_index text not null,
  recorded_at timestamptz not null,
  unique (application_id, tenant_id, partner_id, guarantor_id, content_index)
);
create index guarantor_record_identifier on guarantor_record (tenant_id, identifier_index);
create trigger guarantor_record_key_in_use before insert or update of wrapped_key on guarantor_record
  for each row when (new.wrapped_key is not null) execute function refuse_retired_key();
