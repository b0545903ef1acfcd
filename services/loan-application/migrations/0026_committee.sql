-- Every kind of review by its name, and a committee beside one person: what many votes have decided is one decision under the id of the task, with who said the last word.
drop view review_task;
drop index task_of_review;
create index task_of_review on task (tenant_id, (case status when 'applied' then 'decided' else status end), task_id) where kind like '%-review';
create view review_task as
select t.task_id as review_task_id, t.subject_id as application_id, t.tenant_id, split_part(t.kind, '-', 1) as stage, t.facts ->> 'tier' as tier,
  case t.status when 'applied' then 'decided' else t.status end as status, t.facts -> 'reasons' as reasons, t.facts -> 'figures' as figures,
  t.parties ->> 'maker' as maker_id, t.parties ->> 'accountManager' as account_manager_id, t.opened_at, t.due_at, t.reminders, t.claimed_by,
  v.decision, v.decision_id, v.decided_by, v.decided_at, v.reason_code, v.comment
from task t left join lateral (
  select w.decision, w.vote_id as decision_id, w.voter as decided_by, w.at as decided_at, nullif(w.reason, '') as reason_code, w.comment
  from task_vote w where t.kind <> 'committee-review' and w.task_id = t.task_id and w.round = t.round
  union all
  select t.decision, t.task_id, (select s.by from task_step s where s.task_id = t.task_id and s.action = 'DECIDE' order by s.step_id desc limit 1), t.decided_at, t.reason, null
  where t.kind = 'committee-review' and t.decision is not null
) v on true
where t.kind like '%-review';
