-- Who is checked with a firm: the intent, with the ids of every outside query and the consents of the guarantor. Verifications of before check nobody besides.
create table guarantor_check (
  guarantor_id uuid primary key,
  application_id uuid not null references verification,
  number int not null,
  guarantor_record_id uuid not null references guarantor_record,
  consents jsonb not null,
  query_ids jsonb not null,
  unique (application_id, number)
);

-- Every reply about a guarantor, as evidence. Replies that hold personal data are encrypted under the data key of its record.
create table guarantor_reply (
  query_id uuid primary key,
  guarantor_id uuid not null references guarantor_check,
  source text not null,
  sha256 text not null,
  fetched_at timestamptz not null,
  consent_id uuid,
  body text not null,
  body_encrypted boolean not null
);
create index guarantor_reply_newest on guarantor_reply (guarantor_id, source, fetched_at desc);
