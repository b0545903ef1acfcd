-- The three reviews are kinds of task now, under their ids. What was decided, and by whom, comes with them; the log is told of those that are open.
insert into task (task_id, kind, subject_type, subject_id, subject, tenant_id, facts, parties, opened_at, due_at, reminders, status, decision, parameters, reason, decided_at, applied_at, announced)
select review_task_id, stage || '-review', 'application', application_id, jsonb_build_object('applicationId', application_id), tenant_id,
  jsonb_build_object('tier', tier, 'reasons', reasons, 'figures', figures),
  jsonb_strip_nulls(jsonb_build_object('maker', maker_id, 'accountManager', account_manager_id)), opened_at, due_at, reminders,
  case status when 'decided' then 'applied' else status end, decision, case when decision is not null then '{}'::jsonb end, case when decision is not null then coalesce(reason_code, '') end,
  case when decision is not null then coalesce(decided_at, opened_at) end, case when decision is not null then coalesce(decided_at, opened_at) end, status <> 'open'
from review_task;
-- Ids of logins are compared without regard to case; the service compares their full normal form where it writes them.
insert into task_vote (task_id, round, voter_key, voter, decision, reason, comment, vote_id, at)
select review_task_id, 1, upper(coalesce(decided_by, 'unknown')), coalesce(decided_by, 'unknown'), decision, coalesce(reason_code, ''), comment, decision_id, coalesce(decided_at, opened_at)
from review_task where status = 'decided';
insert into task_step (task_id, at, action, by) select review_task_id, opened_at, 'OPEN', current_schema() from review_task order by review_task_id;
insert into task_step (task_id, at, action, by, decision, parameters, reason)
select review_task_id, coalesce(decided_at, opened_at), 'DECIDE', coalesce(decided_by, 'unknown'), decision, '{}', reason_code from review_task where status = 'decided' order by review_task_id;
insert into task_step (task_id, at, action, by) select review_task_id, opened_at, 'CLOSE', current_schema() from review_task where status = 'closed' order by review_task_id;
drop table review_task;

create index task_of_review on task (tenant_id, (case status when 'applied' then 'decided' else status end), task_id)
  where kind in ('verification-review', 'approval-review', 'disbursement-review');
-- How a review is read: the task, and the one vote that decided it.
create view review_task as
select t.task_id as review_task_id, t.subject_id as application_id, t.tenant_id, split_part(t.kind, '-', 1) as stage, t.facts ->> 'tier' as tier,
  case t.status when 'applied' then 'decided' else t.status end as status, t.facts -> 'reasons' as reasons, t.facts -> 'figures' as figures,
  t.parties ->> 'maker' as maker_id, t.parties ->> 'accountManager' as account_manager_id, t.opened_at, t.due_at, t.reminders, t.claimed_by,
  v.decision, v.vote_id as decision_id, v.voter as decided_by, v.at as decided_at, nullif(v.reason, '') as reason_code, v.comment
from task t left join task_vote v on v.task_id = t.task_id and v.round = t.round
where t.kind in ('verification-review', 'approval-review', 'disbursement-review');
