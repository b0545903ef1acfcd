import type { LendingService } from '@millrace/service';
import {
  decideTask,
  findTask,
  listTasks,
  stepsOf,
  TaskRefused,
  votesOf,
  type Task,
  type TaskKind,
  type TaskStatus,
  type TaskStep,
  type TaskVote,
} from '@millrace/tasks';
import { lineOf, OperatorError } from '../trouble/operator-error.js';
import type { Installation } from '../installation/installation.js';
import { heldKinds } from './held-kinds.js';

/** How a task of two persons stands, as operators say it. */
export type HeldStatus = 'open' | 'proposed' | 'confirmed' | 'applied';

/** A task of two persons as operators see it: with what has been proposed and confirmed so far. */
export interface HeldItem {
  readonly heldId: string;
  readonly kind: string;
  readonly subject: Task['subject'];
  readonly facts: Task['facts'];
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly status: HeldStatus;
  readonly decision: string | null;
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly reason: string | null;
  readonly proposedBy: string | null;
  readonly confirmedBy: string | null;
  readonly appliedAt: Date | null;
  readonly failure: string | null;
}

/** An item with its service, its kind as that service defines it, and its history. */
export interface Held {
  readonly service: LendingService;
  readonly item: HeldItem;
  readonly kind: TaskKind | undefined;
  readonly steps: readonly TaskStep[];
  /** What people wrote beside what they said in the round that counts. */
  readonly comments: readonly HeldComment[];
}

/** A comment with its author. */
export interface HeldComment {
  readonly by: string;
  readonly comment: string;
}

export type OwnedItem = HeldItem & { readonly service: LendingService };

async function ask<T>(service: LendingService, question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    throw new OperatorError(`the database of ${service}: ${lineOf(error)}`, { cause: error });
  }
}

const STATUS: Readonly<Record<Exclude<TaskStatus, 'closed'>, HeldStatus>> = { open: 'open', decided: 'confirmed', applied: 'applied' };

function itemOf(task: Task, [proposal, confirmation]: readonly TaskVote[]): HeldItem {
  const { taskId, kind, subject, facts, openedAt, dueAt, appliedAt, failure } = task;
  const status = task.status === 'open' && proposal ? 'proposed' : STATUS[task.status as keyof typeof STATUS];
  const { decision = null, parameters = null, reason = null } = confirmation ?? proposal ?? {};
  const by = { proposedBy: proposal?.voter ?? null, confirmedBy: confirmation?.voter ?? null };
  return { heldId: taskId, kind, subject, facts, openedAt, dueAt, status, decision, parameters, reason, ...by, appliedAt, failure };
}

const TASK_STATUS: Readonly<Record<HeldStatus, TaskStatus>> = { open: 'open', proposed: 'open', confirmed: 'decided', applied: 'applied' };

/** Tasks of two persons of one service, or of every service whose database is known. */
export async function readHeldItems(
  installation: Installation,
  service: string | undefined,
  { status, kind, limit }: { status?: HeldStatus; kind?: string; limit?: number },
): Promise<OwnedItem[]> {
  const services = service === undefined ? installation.services : [installation.service(service)];
  const lists = services.map(async (name): Promise<OwnedItem[]> => {
    const kinds = heldKinds(await installation.definition(name)).filter((known) => kind === undefined || known === kind);
    const filter = { kinds, ...(status ? { status: TASK_STATUS[status] } : {}), ...(limit === undefined ? {} : { limit }) };
    const pool = installation.pool(name);
    const tasks = await ask(name, listTasks(pool, filter));
    const items = await Promise.all(tasks.map(async (task) => ({ service: name, ...itemOf(task, await ask(name, votesOf(pool, task))) })));
    return items.filter((item) => status === undefined || item.status === status);
  });
  return (await Promise.all(lists)).flat().sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
}

/** The task of this id, whichever service has it. */
export async function findHeld(installation: Installation, heldId: string): Promise<Held> {
  for (const service of installation.services) {
    const pool = installation.pool(service);
    const task = await ask(service, findTask(pool, heldId));
    if (!task) continue;
    const { taskKinds = [] } = await installation.definition(service);
    const votes = await ask(service, votesOf(pool, task));
    return {
      service,
      item: itemOf(task, votes),
      kind: taskKinds.find(({ kind }) => kind.kind === task.kind)?.kind,
      steps: await ask(service, stepsOf(pool, heldId)),
      comments: votes.flatMap(({ voter, comment }) => (comment === null ? [] : [{ by: voter, comment }])),
    };
  }
  throw new OperatorError(`no service holds ${heldId}; see lendctl held list`);
}

/** What one operator says. */
export interface HeldSaying {
  readonly decision: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Code of a reason that the decision takes. */
  readonly reason: string;
  readonly comment?: string | undefined;
  readonly by: string;
}

/** Writes what one person says; the owning service applies what two have said. */
export async function decideHeld(installation: Installation, { service, item, kind }: Held, { by, ...said }: HeldSaying): Promise<'proposed' | 'confirmed'> {
  if (!kind) throw new OperatorError(`this version of lendctl does not know the kind ${item.kind}; use the one of the running ${service}`);
  const context = { actor: { kind: 'system', id: 'lendctl' }, causationId: item.heldId } as const;
  const saying = { ...said, by: { name: by, roles: 'operator' } } as const;
  try {
    const { kind: outcome } = await installation.runner(service).run(context, (tx) => decideTask(tx, kind, item.heldId, saying, installation.clock.now()));
    return outcome === 'decided' ? 'confirmed' : 'proposed';
  } catch (error) {
    if (error instanceof TaskRefused) throw new OperatorError(error.message, { cause: error });
    throw error;
  }
}
