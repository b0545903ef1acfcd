-- Visits to firms (T3): who goes, when, and by which checklist; and what was found. Neither is ever changed: another plan is another row. The investigator's own words are
-- the comment of the vote under the report's id.
create table field_visit (
  visit_id uuid primary key,
  application_id uuid not null references application,
  review_task_id uuid not null,
  investigator text not null,
  planned_on date not null,
  planned_by text not null,
  planned_at timestamptz not null,
  checklist_version text not null
);
create index field_visit_of_application on field_visit (application_id);
create table field_visit_report (
  visit_id uuid primary key references field_visit,
  report_id uuid not null,
  visited_on date not null,
  answers jsonb not null,
  score int check (score between 0 and 100),
  evidence_ids uuid[] not null,
  reported_by text not null,
  reported_at timestamptz not null
);
create function refuse_visit_change() returns trigger language plpgsql as $$
begin
  raise exception 'visits and their reports are append-only: plan another visit';
end $$;
create trigger field_visit_append_only before update or delete on field_visit for each row execute function refuse_visit_change();
create trigger field_visit_no_truncate before truncate on field_visit for each statement execute function refuse_visit_change();
create trigger field_visit_report_append_only before update or delete on field_visit_report for each row execute function refuse_visit_change();
create trigger field_visit_report_no_truncate before truncate on field_visit_report for each statement execute function refuse_visit_change();
