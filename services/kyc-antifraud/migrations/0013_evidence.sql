-- Files that were uploaded to applications. The bytes are in the evidence store, encrypted under the data key of the row: without it nobody can read them.
create table evidence_record (
  evidence_id uuid primary key,
  application_id uuid not null,
  tenant_id text not null,
  media_type text not null,
  bytes int not null check (bytes > 0),
  sha256 text not null,
  scan text not null check (scan in ('clean', 'unscanned')),
  -- Name in the store: one for each upload, so that two at once cannot mix a key with the bytes of the other.
  object_name text not null unique,
  wrapped_key text not null,
  -- The hash under the data key: a start tries its keys on it, and nobody can give the row another file.
  sha256_encrypted text not null,
  stored_by text not null,
  stored_at timestamptz not null
);
create index evidence_record_application on evidence_record (application_id);
create trigger evidence_record_key_in_use before insert or update of wrapped_key on evidence_record
  for each row when (new.wrapped_key is not null) execute function refuse_retired_key();

alter table restricted_read drop constraint restricted_read_what_check;
alter table restricted_read add constraint restricted_read_what_check check (what in ('screening', 'person', 'evidence'));
