import { commentHash } from '@millrace/loan-application/comment-hash';
import { NIL as BEFORE_ALL } from 'uuid';
import type { Finding, Invariant } from './invariant.js';

const PAGE = 500;

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

/** A task is changed after it was made, so what a person decided counts as the history has sealed it (T61, R-OP-06). */
export const DECISION_INVARIANT: Invariant = {
  name: 'decisions-sealed',
  rule: 'What a person decided, and wrote beside it, is what the history has sealed.',
  check: async ({ installation }) => {
    const findings: Finding[] = [];
    for (let after: string = BEFORE_ALL; ;) {
      const tasks = await installation.rows<DecidedTask>('loan-application', DECIDED, [after, PAGE]);
      if (tasks.length === 0) return findings;
      for (const task of tasks) {
        const what = faultOf(task);
        if (what) findings.push({ service: 'loan-application', subject: task.reviewTaskId, what });
      }
      after = tasks.at(-1)!.reviewTaskId;
    }
  },
};

function faultOf(task: DecidedTask): string | undefined {
  if (task.trigger === null) return 'is a task that is decided, and no history has the decision';
  const sealed = task.trigger === 'ReviewCleared' ? 'approve' : 'reject';
  const differs = task.decision !== sealed || task.decidedBy !== task.actorId || task.reasonCode !== task.reason;
  if (differs)
    return `is a task that says ${task.decision} by ${task.decidedBy} (${task.reasonCode}), its history ${sealed} by ${task.actorId} (${task.reason})`;
  if (task.commentSha256 !== null && commentHash(task.comment) !== task.commentSha256)
    return 'is a task whose comment is not the one that its history has sealed';
  return undefined;
}
