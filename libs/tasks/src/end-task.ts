import type { EventTransaction } from '@millrace/messaging';
import { COLUMNS, lockTask, votesOf } from './read-tasks.js';
import type { Task } from './task.entity.js';
import type { DecidedTask, TaskKind } from './task-kind.js';
import { recordChange, tellOpened } from './write-task.js';

/** The task with its decision, locked, where people have decided and nobody has done it yet. */
export async function lockDecided(tx: EventTransaction, taskId: string): Promise<DecidedTask | undefined> {
  const task = await lockTask(tx, taskId);
  if (task?.status !== 'decided') return undefined;
  return { ...task, decision: task.decision!, parameters: task.parameters!, reason: task.reason!, votes: await votesOf(tx, task) };
}

/** Marks the task done, in the transaction that did what was decided. */
export async function markApplied(tx: EventTransaction, { taskId, decision, parameters }: DecidedTask, now: Date): Promise<void> {
  await recordChange(tx, taskId, { status: 'applied', appliedAt: now, failure: null }, { action: 'APPLY', decision, parameters }, now);
}

/** Opens the task again, as its decision cannot be done; people begin anew. */
export async function sendBack(tx: EventTransaction, taskId: string, reason: string, now: Date): Promise<void> {
  const { round } = (await lockTask(tx, taskId))!;
  const nothing = { decision: null, parameters: null, reason: null, decidedAt: null, claimedBy: null, claimedAt: null };
  await recordChange(tx, taskId, { status: 'open', round: round + 1, failure: reason, ...nothing }, { action: 'SEND_BACK', reason }, now);
}

const LOCK_OPEN_OF = `select ${COLUMNS} from task where subject_id = $1 and kind = any($2) and status = 'open' for no key update`;

async function lockOpenOf(tx: EventTransaction, subjectId: string, kinds: readonly TaskKind[]): Promise<Task[]> {
  return (await tx.query<Task>(LOCK_OPEN_OF, [subjectId, kinds.map(({ kind }) => kind)])).rows;
}

/** Closes the open tasks of some kinds about a subject: its process went on without the people. */
export async function closeTasks(tx: EventTransaction, kinds: readonly TaskKind[], subjectId: string, now: Date): Promise<void> {
  for (const { taskId } of await lockOpenOf(tx, subjectId, kinds))
    await recordChange(tx, taskId, { status: 'closed', claimedBy: null, claimedAt: null }, { action: 'CLOSE' }, now);
}

/** The due instant has passed and nobody has decided: the task is due again at the next one. */
export async function remindTasks(tx: EventTransaction, kinds: readonly TaskKind[], subjectId: string, dueAt: Date, now: Date): Promise<void> {
  for (const { taskId, reminders } of await lockOpenOf(tx, subjectId, kinds))
    await recordChange(tx, taskId, { dueAt, reminders: reminders + 1 }, { action: 'REMIND' }, now);
}

const CHANGE_FACTS = `update task set facts = facts || $3 where subject_id = $1 and kind = any($2) and status = 'open'`;

/** Facts that came after the opening are added to the open tasks of some kinds about a subject, in place of those of the same name. */
export async function addFacts(tx: EventTransaction, kinds: readonly TaskKind[], subjectId: string, facts: Task['facts']): Promise<void> {
  await tx.query(CHANGE_FACTS, [subjectId, kinds.map(({ kind }) => kind), JSON.stringify(facts)]);
}

const TO_ANNOUNCE = `update task set announced = true where task_id in (select task_id from task where not announced order by opened_at limit 100 for update skip locked)
returning ${COLUMNS}`;

/** Tells the log of tasks of before it was told of any; the kinds are those that this version knows. */
export async function announceTasks(tx: EventTransaction, kinds: ReadonlyMap<string, TaskKind>): Promise<void> {
  for (const task of (await tx.query<Task>(TO_ANNOUNCE)).rows) {
    const kind = kinds.get(task.kind);
    if (kind) tellOpened(tx, task, kind);
  }
}
