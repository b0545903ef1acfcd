import type { Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { decideTask, listTasks, type Said, type Task, type TaskKind, type TaskStatus } from '@millrace/tasks';
import type { TestService } from './test-service.js';

/** What operators say, without their names. */
export interface TestSaying {
  readonly decision: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly comment?: string;
}

type Tested = Pick<TestService, 'pool'> & { readonly clock: Clock; readonly definition: { readonly name: string } };

/** Runs work as an operator's command does: in a transaction of its own on the service's database. */
export function asOperator<T>({ pool, clock, definition }: Tested, work: (tx: EventTransaction) => Promise<T>): Promise<T> {
  const runner = new TransactionRunner({ pool, source: definition.name, clock });
  return runner.run({ actor: { kind: 'system', id: 'lendctl' }, causationId: 'test' }, work);
}

/** Says the same about a task under each of the names, one after the other; answers what came of the last. */
export async function sayAbout(service: Tested, kind: TaskKind, taskId: string, saying: TestSaying, ...names: readonly string[]): Promise<Said['kind']> {
  const { decision, parameters = {}, reason, comment } = saying;
  let said: Said['kind'] = 'waiting';
  for (const name of names) {
    const by = { name, roles: 'operator' } as const;
    ({ kind: said } = await asOperator(service, (tx) => decideTask(tx, kind, taskId, { decision, parameters, reason, comment, by }, service.clock.now())));
  }
  return said;
}

/** The first task of a kind whose subject has this id under this name. */
export async function taskAbout(
  { pool }: Pick<TestService, 'pool'>,
  { kind }: TaskKind,
  subject: Readonly<Record<string, string>>,
  status?: TaskStatus,
): Promise<Task | undefined> {
  const tasks = await listTasks(pool, { kinds: [kind], limit: 1_000, ...(status ? { status } : {}) });
  return tasks.find((task) => Object.entries(subject).every(([name, id]) => task.subject[name] === id));
}
