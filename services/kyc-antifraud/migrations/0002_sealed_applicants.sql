-- The person's own data key, encrypted under the service's key; null in a record of the old form until `lendctl keys rotate` has passed.
alter table applicant_record add column wrapped_key text;
create index applicant_record_old_form on applicant_record (applicant_record_id) where wrapped_key is null;
create index verification_applicant on verification (applicant_record_id);

-- Fingerprints of the keys that personal data is encrypted under, and a sample under each: a start with another key, or without one, is refused.
create table field_key (
  key_id text primary key,
  fingerprint text not null,
  sample text not null,
  recorded_at timestamptz not null default clock_timestamp()
);
-- A change of keys that has come to its end. From the first one on every stored value is bound to its place; what is retired is used no more.
create table key_rotation (
  rotation_id bigint generated always as identity primary key,
  key_id text not null,
  retired text[] not null,
  passed_at timestamptz not null default clock_timestamp()
);
create function refuse_key_change() returns trigger language plpgsql as $$
begin
  raise exception 'what is recorded of field keys is append-only';
end $$;
create trigger field_key_append_only before update or delete on field_key for each row execute function refuse_key_change();
create trigger key_rotation_append_only before update or delete on key_rotation for each row execute function refuse_key_change();
-- A new installation has no value of the old form, and never will.
insert into key_rotation (key_id, retired) select '', '{}' where not exists (select from applicant_record);

-- A process that still has an old setting must not write under a key that is retired: nobody could read it once the key is gone.
create function refuse_retired_key() returns trigger language plpgsql as $$
begin
  if exists (select from key_rotation where split_part(new.wrapped_key, '.', 1) = any (retired)) then
    raise exception 'the field key % is retired: put the current key first in MILLRACE_FIELD_KEYS and start again', split_part(new.wrapped_key, '.', 1);
  end if;
  return new;
end $$;
create trigger applicant_record_key_in_use before insert or update of wrapped_key on applicant_record for each row when (new.wrapped_key is not null) execute function refuse_retired_key();
