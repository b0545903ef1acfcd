import type { LendingService } from '@millrace/service';
import { commentHash } from '@millrace/tasks';
import type { Installation } from '../installation/installation.js';
import type { Finding, Invariant } from './invariant.js';

const PAGE = 500;
/** Steps of tasks are numbered from 1. */
const BEFORE_STEPS = '0';

/** A task that a person decided, and the step of the history that rests on it; nulls where there is none. */
interface DecidedTask extends Record<string, unknown> {
  readonly reviewTaskId: string;
  readonly decision: 'approve' | 'reject';
  readonly decidedBy: string;
  readonly reasonCode: string;
  readonly comment: string | null;
  readonly trigger: string | null;
  readonly actorId: string;
  readonly reason: string;
  /** Missing in steps that earlier versions wrote. */
  readonly commentSha256: string | null;
}

const DECIDED = `
select t.review_task_id as "reviewTaskId", t.decision, t.decided_by as "decidedBy", t.reason_code as "reasonCode", t.comment,
  h.trigger, h.actor_id as "actorId", h.reason, h.evidence ->> 'commentSha256' as "commentSha256"
from review_task t
left join (
  select application_id, trigger, actor_id, reason, evidence from application_history
  union all
  select d.application_id, trigger, actor_id, reason, evidence from drawdown_history join drawdown d using (drawdown_id)
) h on h.application_id = t.application_id and h.evidence ->> 'reviewTaskId' = t.review_task_id::text and h.evidence ->> 'decisionId' = t.decision_id::text
where t.status = 'decided' and t.review_task_id > $1 order by t.review_task_id limit $2`;

/** What a person said about a task, by its step, and the comment that stands with the vote; null where the vote is gone. */
interface SaidWord extends Record<string, unknown> {
  readonly stepId: string;
  readonly taskId: string;
  readonly by: string;
  readonly comment: string | null;
  readonly commentSha256: string | null;
}

const SAID = `
select s.step_id as "stepId", s.task_id as "taskId", s.by, s.comment_sha256 as "commentSha256", v.comment
from task_step s left join task_vote v on v.task_id = s.task_id and v.voter = s.by and v.at = s.at
where s.step_id > $1 and (s.comment_sha256 is not null or s.action in ('PROPOSE', 'CONFIRM') and v.comment is not null) order by s.step_id limit $2`;

/** A task is changed after it was made, so what a person decided counts as the history has sealed it (T61, R-OP-06). */
export const DECISION_INVARIANT: Invariant = {
  name: 'decisions-sealed',
  rule: 'What a person decided, and wrote beside it, is what the history has sealed.',
  check: async ({ installation }) => {
    const comments = installation.services.map((service) => commentFaults(installation, service));
    return (await Promise.all([reviewFaults(installation), ...comments])).flat();
  },
};

async function reviewFaults(installation: Installation): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const tasks of installation.pages<DecidedTask>('loan-application', DECIDED, ({ reviewTaskId }) => reviewTaskId, [PAGE]))
    for (const task of tasks) {
      const what = faultOf(task);
      if (what) findings.push({ service: 'loan-application', subject: task.reviewTaskId, what });
    }
  return findings;
}

async function commentFaults(installation: Installation, service: LendingService): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const words of installation.pages<SaidWord>(service, SAID, ({ stepId }) => stepId, [PAGE], BEFORE_STEPS))
    for (const { taskId, by, comment, commentSha256 } of words)
      if (comment === null || commentHash(comment) !== commentSha256)
        findings.push({ service, subject: taskId, what: `is a task on which the comment of ${by} is not the one that its steps have sealed` });
  return findings;
}

function faultOf(task: DecidedTask): string | undefined {
  if (task.trigger === null) return 'is a task that is decided, and no history has the decision';
  const sealed = task.trigger === 'ReviewRejected' ? 'reject' : 'approve';
  const differs = task.decision !== sealed || task.decidedBy !== task.actorId || task.reasonCode !== task.reason;
  if (differs)
    return `is a task that says ${task.decision} by ${task.decidedBy} (${task.reasonCode}), its history ${sealed} by ${task.actorId} (${task.reason})`;
  if (task.commentSha256 !== null && commentHash(task.comment) !== task.commentSha256)
    return 'is a task whose comment is not the one that its history has sealed';
  return undefined;
}
