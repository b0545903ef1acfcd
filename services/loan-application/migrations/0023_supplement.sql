-- What an applicant was asked to correct or add, round by round (R-AP-08). Applications of before were asked nothing.
create table supplement (
  application_id uuid not null references application,
  round int not null check (round > 0),
  asked_by text not null check (asked_by in ('engine', 'person')),
  -- The member of staff who asked; null where the checks did by themselves.
  staff_id text,
  -- Field and code of the reason, each.
  items jsonb not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  -- The answer, by the id that the partner has made; null until it has come.
  supplement_id uuid,
  evidence_ids uuid[],
  answered_at timestamptz,
  primary key (application_id, round),
  check ((supplement_id is null) = (answered_at is null))
);

-- Every correction of what an applicant has declared, with what it was before. Never changed.
create table correction (
  correction_id uuid not null,
  application_id uuid not null references application,
  occasion text not null check (occasion in ('supplement', 'appeal', 'on_file')),
  corrected jsonb not null,
  corrected_by text not null,
  corrected_at timestamptz not null,
  primary key (application_id, correction_id)
);
create index correction_of_application on correction (application_id, corrected_at);
create function refuse_correction_change() returns trigger language plpgsql as $$
begin
  raise exception 'corrections are append-only: each keeps what was declared before it';
end;
$$;
create trigger correction_append_only before update or delete on correction for each row execute function refuse_correction_change();
create trigger correction_no_truncate before truncate on correction for each statement execute function refuse_correction_change();

-- From the second round of the verification on; null in the first, and in applications of before.
alter table application add column check_round int check (check_round > 1);
