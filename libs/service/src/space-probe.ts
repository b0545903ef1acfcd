import { isDiskFull } from './database-problem.js';

const INTERVAL_MS = 30_000;
/** While the disk is full: short, as the end of it is waited for. */
const FULL_INTERVAL_MS = 2_000;
const ROWS_PER_MB = 128;

/**
 * A sort of so many megabytes in little memory, which PostgreSQL writes to a file of its own and removes with the statement: no right, no table and no log
 * entry is needed, and no space in it means no space for data. Both statements are one transaction, so that the setting ends with it.
 */
function probeOf(mb: number): string {
  const rows = `select n, repeat('x', 8192) as filler from generate_series(1, ${mb * ROWS_PER_MB}) as n order by n desc offset 0`;
  return `select set_config('work_mem', '64kB', true); select max(length(filler)) from (${rows}) as sorted`;
}

/** Tells whether the database can still store something. */
export class SpaceProbe {
  #askedAtMs = -Infinity;
  #full: Error | undefined;
  #asking = false;

  /** @param mb least space that must be left, in MB; 0 asks nothing */
  constructor(
    private readonly query: (sql: string) => Promise<unknown>,
    private readonly mb: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Told by whoever meets an error, so that readiness need not wait until it asks; answers whether it is a full disk that is known already, and no news. */
  noticed(error: unknown): boolean {
    if (this.mb === 0 || !isDiskFull(error)) return false;
    const known = this.#full !== undefined;
    this.#full ??= error as Error;
    return known;
  }

  /**
   * Throws while the disk is full. It asks in the background, every half minute and while the disk is full every other second, and answers what was found
   * last: a server that is slow to answer is not one without space.
   */
  async check(): Promise<void> {
    const interval = this.#full ? FULL_INTERVAL_MS : INTERVAL_MS;
    if (this.mb > 0 && !this.#asking && this.nowMs() - this.#askedAtMs >= interval) void this.#ask();
    if (this.#full) throw new Error(`there is no space left to store anything (${this.#full.message})`);
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    this.#askedAtMs = this.nowMs();
    try {
      await this.query(probeOf(this.mb));
      this.#full = undefined;
    } catch (error) {
      // Whatever else is wrong with the database is found out by its own check.
      if (isDiskFull(error)) this.#full = error as Error;
    } finally {
      this.#asking = false;
    }
  }
}
