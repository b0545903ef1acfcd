import { type Clock, businessDate } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { TransactionRunner } from '@millrace/messaging';
import { policyInForce } from '@millrace/policy';
import { postLoanMonitoring } from '@millrace/post-loan-monitoring';
import { CloseBook } from '@millrace/post-loan-monitoring/close-book';
import { openPool, prepareDatabases } from '@millrace/service';
import { randomSecret } from '@millrace/standalone/secrets';
import pg from 'pg';
import type { BenchDatabase } from './bench-database.js';
import { payDues, seedBook, type SeededBook } from './seed-book.js';

const TENANT = 'bench';
const CONNECTIONS = 8;
/** Last day of the book as it is seeded; the first close is that of this day. */
const SEEDED_ON: IsoDate = '2026-06-30';

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return (performance.now() - beganMs) / 1_000;
}

/** A book of loans that is seeded straight into the tables of its service, on a database of its own. Its clock shows the day after the one that is being closed. */
export class BenchBook {
  readonly tenantId = TENANT;
  readonly clock: Clock = { now: () => new Date(`${this.#today}T02:00:00Z`) };
  readonly runner: TransactionRunner;
  readonly closeBook: CloseBook;
  #today: IsoDate = addDays(SEEDED_ON, 1);

  private constructor(
    private readonly pool: pg.Pool,
    private readonly administrator: pg.Client,
    private readonly seeded: SeededBook,
  ) {
    this.runner = new TransactionRunner({ pool, source: 'bench', clock: this.clock });
    this.closeBook = new CloseBook(this.runner, this.clock);
  }

  static async open(database: BenchDatabase, name: string, loans: number, say: (line: string) => void): Promise<BenchBook> {
    const urls = await prepareDatabases({ adminUrl: database.adminUrl, database: name, rolePassword: randomSecret(), definitions: [postLoanMonitoring] });
    const onError = (error: Error): void => {
      throw error;
    };
    const pool = openPool({ connectionString: urls.of(postLoanMonitoring.schema), max: CONNECTIONS }, onError);
    const administrator = new pg.Client({ connectionString: database.urlOf(name) });
    await administrator.connect();
    const seeded = { tenantId: TENANT, loans, on: SEEDED_ON, policyVersion: policyInForce('online_microloan', SEEDED_ON).version };
    const seconds = await secondsOf(() => seedBook(administrator, seeded));
    say(`  ${name}: ${loans} loans seeded in ${Math.round(seconds)} s`);
    return new BenchBook(pool, administrator, seeded);
  }

  /** The day that is closed next. */
  get closing(): IsoDate {
    return addDays(this.#today, -1);
  }

  /** The business date of the clock, whose money comes in while the day before is closed. */
  get today(): IsoDate {
    return businessDate(this.clock.now());
  }

  /** The day goes by: what still falls due on it is paid, but for what the book leaves unpaid. */
  async passDay(): Promise<void> {
    await payDues(this.administrator, this.seeded, this.#today);
    this.#today = addDays(this.#today, 1);
  }

  /** Runs SQL with the rights of the tables' owner. */
  async asAdmin<R extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    return (await this.administrator.query<R>(sql, [...values])).rows;
  }

  async end(): Promise<void> {
    await this.administrator.end();
    await this.pool.end();
  }
}
