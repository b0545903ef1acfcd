import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isDiskFull } from './database-problem.js';

const PROBE_INTERVAL_MS = 1_000;

/** Tells once that the database is away and once that it is back, however many requests and connections notice it. */
export class DatabaseOutage {
  #away = false;
  readonly #closed = new AbortController();

  /** @param probe throws while the database is away */
  constructor(
    private readonly logger: Logger,
    private readonly probe: () => Promise<unknown>,
  ) {}

  /** True until it is back; what fails meanwhile is no news. */
  get away(): boolean {
    return this.#away;
  }

  noticed(error: unknown): void {
    // A database that cannot store anything is there, and answers the probe: readiness tells of it.
    if (isDiskFull(error) || this.#away || this.#closed.signal.aborted) return;
    this.#away = true;
    this.logger.warn({ err: error }, 'the database is away: requests get 503 and may be sent again, events and jobs wait');
    void this.#untilBack();
  }

  close(): void {
    this.#closed.abort();
  }

  async #untilBack(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      await delay(PROBE_INTERVAL_MS, undefined, { ref: false });
      if (
        await this.probe().then(
          () => true,
          () => false,
        )
      )
        break;
    }
    if (this.#closed.signal.aborted) return;
    this.#away = false;
    this.logger.info('the database is back');
  }
}
