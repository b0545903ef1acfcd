import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import type { ServiceProcess } from '@millrace/standalone/service-process';

const LOOK_EVERY_MS = 5_000;
const TIMEOUT_MS = 3_000;
const COUNTER = /^millrace_events_handled_total\{.*\} (\d+)$/gm;

/** Events that every process has handled, by its own counters: a process that dies takes those of its last moments with it. */
export class HandledEvents {
  readonly #stopping = new AbortController();
  /** Of the life that goes on, and of those before. */
  readonly #counts = new Map<string, { now: number; before: number }>();
  #watching: Promise<void> | undefined;

  constructor(private readonly processes: readonly ServiceProcess[]) {}

  start(): void {
    this.#watching = this.#watch();
  }

  /** Looks once more, and answers the events by label of their process. */
  async stop(): Promise<Readonly<Record<string, number>>> {
    this.#stopping.abort();
    await this.#watching;
    await this.#lookAtAll();
    return Object.fromEntries(this.processes.map(({ planned: { label } }) => [label, this.#handledBy(label)]));
  }

  /** Looks at one process, e.g. before its end. */
  async look(label: string): Promise<void> {
    const { operationsUrl } = this.processes.find(({ planned }) => planned.label === label)!.planned;
    let text: string;
    try {
      const { body } = await request(new URL('/metrics', operationsUrl), { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
      text = await body.text();
    } catch {
      // It is away; what it had counted is gone with it.
      return;
    }
    const counted = [...text.matchAll(COUNTER)].reduce((sum, [, count]) => sum + Number(count), 0);
    const known = this.#counts.get(label) ?? { now: 0, before: 0 };
    // A counter that goes back is that of a new life.
    this.#counts.set(label, counted < known.now ? { now: counted, before: known.before + known.now } : { ...known, now: counted });
  }

  #handledBy(label: string): number {
    const { now, before } = this.#counts.get(label) ?? { now: 0, before: 0 };
    return now + before;
  }

  async #watch(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#lookAtAll();
      await delay(LOOK_EVERY_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  async #lookAtAll(): Promise<void> {
    for (const { planned } of this.processes) await this.look(planned.label);
  }
}
