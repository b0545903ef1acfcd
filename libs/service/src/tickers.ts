import { isUnavailable } from '@millrace/messaging';
import type { ModuleRef } from '@nestjs/core';
import type { Logger } from 'pino';
import type { DatabaseOutage } from './database-outage.js';
import type { Ticker } from './capability.js';
import type { ServiceDefinition } from './service-definition.js';

/** Runs every ticker of the service, and `own` ones of its runtime, at its interval, never twice at once; `stop` waits for the running ones. */
export class TickerLoop {
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(
    definition: ServiceDefinition,
    modules: ModuleRef,
    logger: Logger,
    outage: DatabaseOutage,
    own: readonly { readonly intervalMs: number; readonly ticker: Ticker }[] = [],
  ) {
    const resolved = definition.tickers.map(({ intervalMs, ticker }) => ({ intervalMs, ticker: modules.get(ticker, { strict: false }) }));
    for (const { intervalMs, ticker } of [...resolved, ...own]) {
      let busy = false;
      this.#timers.push(
        setInterval(() => {
          if (busy || this.#stopped) return;
          busy = true;
          const run: Promise<void> = ticker
            .tick()
            .catch((error: unknown) => {
              if (isUnavailable(error)) outage.noticed(error);
              else logger.error({ err: error, ticker: ticker.constructor.name }, 'a ticker failed and will run again');
            })
            .finally(() => {
              busy = false;
              this.#running.delete(run);
            });
          this.#running.add(run);
        }, intervalMs),
      );
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timers.forEach((timer) => clearInterval(timer));
    await Promise.allSettled(this.#running);
  }
}
