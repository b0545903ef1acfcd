import { normalForm } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { checkIndependence, checkRole, keyOf, lockOpen, type Person } from './decide-task.js';
import type { Task } from './task.entity.js';
import type { TaskKind } from './task-kind.js';
import { TaskRefused } from './task-refused.js';
import { recordChange, type StepText } from './write-task.js';

/** Form of a login's id: events and the queue name who has a task, and hold no person's name. */
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function checkLogin(name: string): void {
  if (!LOGIN.test(name)) throw new TaskRefused('NAME_MISSING', 'who has a task is named by the id of a login: letters, digits, dot, dash and underscore');
}

function checkOneHas(kind: TaskKind): void {
  if (kind.vote.kind === 'committee') throw new TaskRefused('FORBIDDEN', `${kind.kind} is decided by a committee together; nobody takes it`);
}

async function give(tx: EventTransaction, { taskId }: Task, to: string | null, step: StepText, now: Date): Promise<Task> {
  return recordChange(tx, taskId, { claimedBy: to, claimedAt: to === null ? null : now }, step, now);
}

/** Takes a task, so that nobody else works on it. Taking one's own again changes nothing. */
export async function claimTask(tx: EventTransaction, kind: TaskKind, taskId: string, by: Person, now: Date): Promise<Task> {
  checkOneHas(kind);
  checkLogin(by.name);
  const key = keyOf(by);
  checkRole(kind, by);
  const task = await lockOpen(tx, kind, taskId);
  await checkIndependence(tx, kind, task, key);
  if (task.claimedBy !== null && normalForm(task.claimedBy) === key) return task;
  if (task.claimedBy !== null) throw new TaskRefused('CLAIMED_BY_OTHER', `${task.claimedBy} has taken this task`);
  return give(tx, task, by.name, { action: 'CLAIM', by: by.name }, now);
}

/** The task where the person has it, or where it has the wanted holder already, as a request that comes again finds it. */
async function lockOwn(tx: EventTransaction, kind: TaskKind, taskId: string, by: Person, wanted: string | null): Promise<[Task, isThere: boolean]> {
  checkOneHas(kind);
  const key = keyOf(by);
  checkRole(kind, by);
  const task = await lockOpen(tx, kind, taskId);
  if (task.claimedBy === wanted) return [task, true];
  if (task.claimedBy === null || normalForm(task.claimedBy) !== key)
    throw new TaskRefused(
      'NOT_CLAIMED',
      task.claimedBy === null ? 'nobody has taken this task' : `${task.claimedBy} has taken this task, and can give it back`,
    );
  return [task, false];
}

/** Gives a task back to the queue; only who has it can. One that nobody has stays as it is. */
export async function releaseTask(tx: EventTransaction, kind: TaskKind, taskId: string, by: Person, now: Date): Promise<Task> {
  const [task, isFree] = await lockOwn(tx, kind, taskId, by, null);
  return isFree ? task : give(tx, task, null, { action: 'RELEASE', by: by.name }, now);
}

/** Hands a task on to a colleague; only who has it can. Role and independence of the colleague are asked when he or she decides. */
export async function delegateTask(tx: EventTransaction, kind: TaskKind, taskId: string, by: Person, to: string, now: Date): Promise<Task> {
  checkLogin(to);
  const [task, isThere] = await lockOwn(tx, kind, taskId, by, to);
  if (isThere) return task;
  await checkIndependence(tx, kind, task, normalForm(to));
  return give(tx, task, to, { action: 'DELEGATE', by: by.name, givenTo: to }, now);
}
