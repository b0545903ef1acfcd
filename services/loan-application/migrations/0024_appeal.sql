-- A refusal by the engine that a person looks at again (G-PI-03): one appeal an application, with what was decided before it beside what comes of it.
create table appeal (
  appeal_id uuid primary key,
  application_id uuid not null unique references application,
  -- Round of the verification that the appeal has asked for.
  round int not null,
  -- Ground of the appeal, as a code; words are in the documents that it names.
  ground text not null,
  evidence_ids uuid[] not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  -- As it was decided by the engine; null in the score where the application was refused before it had one.
  first_decision jsonb not null,
  first_score jsonb,
  -- What came of the corrected data; null until it has come, or where no score can be given.
  verification jsonb,
  score jsonb,
  -- Where the approval matrix would send the new score, with the reasons and figures of the task.
  routing jsonb,
  outcome text check (outcome in ('upheld', 'allowed')),
  decided_by text,
  decided_at timestamptz,
  -- What was told: what counted, the reasons, and what would change them, as codes.
  explanation jsonb,
  check ((outcome is null) = (decided_at is null)),
  check ((outcome is null) = (explanation is null))
);

-- Every kind of review by its name, whatever kinds there are.
drop view review_task;
drop index task_of_review;
create index task_of_review on task (tenant_id, (case status when 'applied' then 'decided' else status end), task_id) where kind like '%-review';
create view review_task as
select t.task_id as review_task_id, t.subject_id as application_id, t.tenant_id, split_part(t.kind, '-', 1) as stage, t.facts ->> 'tier' as tier,
  case t.status when 'applied' then 'decided' else t.status end as status, t.facts -> 'reasons' as reasons, t.facts -> 'figures' as figures,
  t.parties ->> 'maker' as maker_id, t.parties ->> 'accountManager' as account_manager_id, t.opened_at, t.due_at, t.reminders, t.claimed_by,
  v.decision, v.vote_id as decision_id, v.voter as decided_by, v.at as decided_at, nullif(v.reason, '') as reason_code, v.comment
from task t left join task_vote v on v.task_id = t.task_id and v.round = t.round
where t.kind like '%-review';
