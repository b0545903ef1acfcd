-- True where the application was declined because the person could not be proven: such a try counts towards asking a person, and is no
-- application of the firm, which may be somebody else's (R-CR-04).
alter table verification add column identity_unproven boolean not null default false;
update verification set identity_unproven = true
where outcome = 'reject' and (findings @> '[{"code": "IDENTITY_MISMATCH"}]' or findings @> '[{"code": "FACE_MISMATCH"}]' or findings @> '[{"code": "LIVENESS_FAILED"}]');

-- Who has read what is restricted, and when: hits on lists, and persons in the clear. Never changed.
create table restricted_read (
  read_id bigint generated always as identity primary key,
  tenant_id text not null,
  application_id uuid not null,
  what text not null check (what in ('screening')),
  staff_id text not null,
  request_id uuid not null,
  at timestamptz not null
);
create index restricted_read_of_application on restricted_read (application_id, at);
create function refuse_restricted_read_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log of restricted reads is append-only';
end $$;
create trigger restricted_read_append_only before update or delete on restricted_read for each row execute function refuse_restricted_read_change();
create trigger restricted_read_no_truncate before truncate on restricted_read for each statement execute function refuse_restricted_read_change();
