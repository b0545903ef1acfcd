import { TaskChanged, TaskDecided, TaskOpened } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { COLUMN_OF, COLUMNS } from './read-tasks.js';
import type { Task } from './task.entity.js';
import type { TaskKind } from './task-kind.js';
import { votesNeeded } from './vote-policy.js';

/** What a step of a task's history says beside the task itself. */
export interface StepText {
  readonly action: string;
  /** Name as given; absent where the service acts by itself, which stands under the name of its schema. */
  readonly by?: string;
  readonly givenTo?: string;
  readonly decision?: string | null;
  readonly parameters?: Readonly<Record<string, string>> | null;
  readonly reason?: string | null;
  /** Seal of the comment that was given with it. */
  readonly commentSha256?: string | null;
}

const STEP = `insert into task_step (task_id, at, action, by, given_to, decision, parameters, reason, comment_sha256)
values ($1, $2, $3, coalesce($4, current_schema()), $5, $6, $7, $8, $9)`;

/** Adds a line to the history of a task. */
export async function writeStep(tx: Pick<EventTransaction, 'query'>, taskId: string, step: StepText, now: Date): Promise<void> {
  const { action, by, givenTo, decision, parameters, reason, commentSha256 } = step;
  const json = parameters ? JSON.stringify(parameters) : null;
  const words = [decision ?? null, json, reason ?? null, commentSha256 ?? null];
  await tx.query(STEP, [taskId, now, action, by ?? null, givenTo ?? null, ...words]);
}

/** Columns that a change may set. */
export type TaskPatch = Partial<
  Pick<
    Task,
    'status' | 'dueAt' | 'reminders' | 'claimedBy' | 'claimedAt' | 'round' | 'decision' | 'parameters' | 'reason' | 'decidedAt' | 'appliedAt' | 'failure'
  >
>;

/** Changes a locked task; its number of changes goes up with it. */
export async function changeTask(tx: Pick<EventTransaction, 'query'>, taskId: string, patch: TaskPatch): Promise<Task> {
  const fields = Object.keys(patch) as (keyof TaskPatch)[];
  const sets = fields.map((field, index) => `${COLUMN_OF.get(field)!} = $${index + 2}, `).join('');
  const values = fields.map((field) => (field === 'parameters' && patch.parameters ? JSON.stringify(patch.parameters) : patch[field]));
  return (await tx.query<Task>(`update task set ${sets}seq = seq + 1 where task_id = $1 returning ${COLUMNS}`, [taskId, ...values])).rows[0]!;
}

/** Ids by which the events of a task are ordered and found. */
function storyOf({ taskId, subject, subjectId }: Task): { taskId: string; storyId: string; applicationId?: string; loanId?: string } {
  const { applicationId, loanId } = subject as { applicationId?: string; loanId?: string };
  return { taskId, storyId: applicationId ?? loanId ?? subjectId, ...(applicationId ? { applicationId } : {}), ...(loanId ? { loanId } : {}) };
}

/** Tells of a task that waits for people from now on. */
export function tellOpened(tx: EventTransaction, task: Task, kind: Pick<TaskKind, 'roles' | 'vote'>): void {
  const { tenantId, subjectType, subjectId, openedAt, dueAt, seq } = task;
  tx.emit(
    new TaskOpened({
      ...storyOf(task),
      ...(tenantId === null ? {} : { tenantId }),
      kind: task.kind,
      subjectType,
      subjectId,
      roles: [...kind.roles],
      votesNeeded: votesNeeded(kind.vote),
      openedAt: openedAt.toISOString(),
      dueAt: dueAt.toISOString(),
      seq,
    }),
  );
}

/** Tells how a task stands after a change. */
export function tellChanged(tx: EventTransaction, task: Task, change: string, votes = 0): void {
  const { status, claimedBy, dueAt, reminders, seq } = task;
  tx.emit(
    new TaskChanged({ ...storyOf(task), change, status, ...(claimedBy === null ? {} : { claimedBy }), votes, dueAt: dueAt.toISOString(), reminders, seq }),
  );
}

/** Tells that enough people have decided. */
export function tellDecided(tx: EventTransaction, task: Task, votes: number): void {
  tx.emit(new TaskDecided({ ...storyOf(task), decision: task.decision!, votes, decidedAt: task.decidedAt!.toISOString(), seq: task.seq }));
}

/** Changes a locked task, adds the step to its history, and tells how it stands after it. */
export async function recordChange(tx: EventTransaction, taskId: string, patch: TaskPatch, step: StepText, now: Date, votes = 0): Promise<Task> {
  const task = await changeTask(tx, taskId, patch);
  await writeStep(tx, taskId, step, now);
  tellChanged(tx, task, step.action, votes);
  return task;
}
