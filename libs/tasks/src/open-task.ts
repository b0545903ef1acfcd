import { newId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { decideTask, type Saying, type Said } from './decide-task.js';
import { COLUMNS } from './read-tasks.js';
import type { Task } from './task.entity.js';
import type { TaskKind } from './task-kind.js';
import { tellOpened, writeStep } from './write-task.js';

/** What is to be decided; no part holds personal data. */
export interface TaskQuestion {
  /** Id of what the kind says the task is about. */
  readonly subjectId: string;
  /** Every id that people need, by its name. Two open tasks of one kind never have the same. */
  readonly subject: Readonly<Record<string, string>>;
  /** What was found. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Lender whose staff decides; absent for what operators decide. */
  readonly tenantId?: string;
  /** Who made the subject and who looks after it, where the kind asks for independence of them. */
  readonly parties?: Readonly<Record<string, string>>;
  /** Where the kind says `given`. */
  readonly dueAt?: Date;
  /** Id of the task, where the process has drawn one. */
  readonly taskId?: string;
}

const OPEN = `insert into task (task_id, kind, subject_type, subject_id, subject, tenant_id, facts, parties, opened_at, due_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (kind, subject) where status in ('open', 'decided') do nothing returning ${COLUMNS}`;
const FIND_OPEN = `select task_id from task where kind = $1 and subject = $2 and status in ('open', 'decided')`;
const MS_PER_HOUR = 3_600_000;

function dueOf({ kind, due }: TaskKind, { dueAt }: TaskQuestion, now: Date): Date {
  if (due !== 'given') return new Date(now.getTime() + due.hours * MS_PER_HOUR);
  if (!dueAt) throw new Error(`a task of kind ${kind} is opened with the instant at which it is due`);
  return dueAt;
}

/**
 * Opens a task in the transaction that found the question. A question that is open already is not asked twice.
 * @returns id of the task that is open now
 */
export async function openTask(tx: EventTransaction, kind: TaskKind, question: TaskQuestion, now: Date): Promise<string> {
  const { subjectId, subject, facts, tenantId = null, parties = {}, taskId = newId() } = question;
  const values = [taskId, kind.kind, kind.subject, subjectId, JSON.stringify(subject), tenantId, JSON.stringify(facts), JSON.stringify(parties), now];
  const [task] = (await tx.query<Task>(OPEN, [...values, dueOf(kind, question, now)])).rows;
  // Another transaction opened it and has committed since the statement began; it is there to be read now.
  if (!task) return (await tx.query<{ task_id: string }>(FIND_OPEN, [kind.kind, JSON.stringify(subject)])).rows[0]!.task_id;
  await writeStep(tx, task.taskId, { action: 'OPEN' }, now);
  tellOpened(tx, task, kind);
  return task.taskId;
}

/**
 * Keeps a command until a second person confirms it (R-UW-05): the first person's word opens the task and proposes; the same command from a second one
 * confirms. Its service then does it, once.
 * @throws TaskRefused where the decision is none, or one person would decide alone
 */
export async function proposeCommand(tx: EventTransaction, kind: TaskKind, question: TaskQuestion, saying: Saying, now: Date): Promise<Said> {
  const taskId = await openTask(tx, kind, question, now);
  return decideTask(tx, kind, taskId, saying, now);
}
