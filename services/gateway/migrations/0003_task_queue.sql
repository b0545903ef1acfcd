-- Read model: tasks of all services, as their events tell of them. Everything in it comes from the log, so that it can be rebuilt to the same content.
create table queued_task (
  task_id uuid primary key,
  -- Service that has the task; only its events change the row.
  owner text not null,
  kind text not null,
  subject_type text not null,
  subject_id uuid not null,
  application_id uuid,
  loan_id uuid,
  -- Null where the owner does not know the lender; the application then says it (application_owner).
  tenant_id text,
  roles text[] not null,
  votes_needed int not null,
  votes int not null,
  status text not null,
  claimed_by text,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  reminders int not null,
  decision text,
  decided_at timestamptz,
  -- Number of the task's last change that has been seen.
  seq int not null
);
create index queued_task_waiting on queued_task (task_id) where status in ('open', 'decided');
create index queued_task_application on queued_task (application_id);
create index queued_task_subject on queued_task (subject_id);
