import type { Clock } from '@millrace/contracts';
import type { TransactionRunner } from '@millrace/messaging';
import { announceTasks, decidedTasks, lockDecided, markApplied, sendBack, TaskRefused, type HandledTaskKind, type TaskHandler } from '@millrace/tasks';
import type { ModuleRef } from '@nestjs/core';
import type { Logger } from 'pino';
import type { Ticker } from './capability.js';
import type { ServiceDefinition } from './service-definition.js';

/** How often a service looks for what people have decided. People decide in minutes; a look is two reads of an index. */
export const DECIDED_TASKS_INTERVAL_MS = 2_000;

/** Does what people have decided about a service's tasks, each exactly once: task and effect commit together. */
export class ApplyDecidedTasks implements Ticker {
  readonly #kinds: ReadonlyMap<string, HandledTaskKind>;

  constructor(
    private readonly definition: Pick<ServiceDefinition, 'name' | 'taskKinds'>,
    private readonly service: { readonly modules: ModuleRef; readonly runner: TransactionRunner; readonly clock: Clock; readonly logger: Logger },
  ) {
    this.#kinds = new Map(definition.taskKinds.map((handled) => [handled.kind.kind, handled]));
  }

  async tick(): Promise<void> {
    if (this.#kinds.size === 0) return;
    const kinds = new Map([...this.#kinds.values()].map(({ kind }) => [kind.kind, kind]));
    const { runner } = this.service;
    const waiting = await runner.pool.query('select 1 from task where not announced limit 1');
    if (waiting.rowCount) await runner.run({ actor: { kind: 'system', id: this.definition.name }, causationId: 'tasks' }, (tx) => announceTasks(tx, kinds));
    for (const { taskId, kind } of await decidedTasks(runner.pool)) await this.#apply(taskId, kind);
  }

  async #apply(taskId: string, name: string): Promise<void> {
    const { runner, modules, clock, logger } = this.service;
    const handled = this.#kinds.get(name);
    if (!handled || handled.handler === 'at-once')
      return logger.error({ taskId, kind: name }, 'a task is decided, and this version knows no handler of its kind');
    const { handler } = handled;
    const context = { actor: { kind: 'system', id: this.definition.name }, causationId: taskId } as const;
    try {
      await runner.run(context, async (tx) => {
        const task = await lockDecided(tx, taskId);
        // Another instance was faster, or people were asked again meanwhile.
        if (!task) return;
        await modules.get<TaskHandler>(handler, { strict: false }).apply(task, tx);
        await markApplied(tx, task, clock.now());
      });
    } catch (error) {
      if (error instanceof TaskRefused) {
        await runner.run(context, (tx) => sendBack(tx, taskId, error.message, clock.now()));
        return logger.warn({ taskId, kind: name, reason: error.message }, 'a decision about a task cannot be done; the task is open again');
      }
      logger.error({ err: error, taskId, kind: name }, 'a decision about a task could not be done and will be tried again');
      await runner.pool.query('update task set failure = $2 where task_id = $1', [taskId, String((error as Error).message).split('\n')[0]]);
    }
  }
}
