import { systemClock } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { TransactionRunner } from '@millrace/messaging';
import { policyInForce } from '@millrace/policy';
import { CloseBook } from '@millrace/post-loan-monitoring/close-book';
import { postLoanMonitoring } from '@millrace/post-loan-monitoring';
import { openPool, prepareDatabases } from '@millrace/service';
import { randomSecret } from '@millrace/standalone/secrets';
import pg from 'pg';
import type { BenchDatabase } from './bench-database.js';
import type { BenchOptions } from './bench-options.js';
import { payDues, seedBook } from './seed-book.js';
import { median } from './statistics.js';

const DATABASE = 'bench_close';
const TENANT = 'bench';
const CONNECTIONS = 4;
const SEEDED_ON: IsoDate = '2026-06-30';
const MIB = 1_048_576;

/** One day of the close. */
export interface ClosedDay {
  readonly day: IsoDate;
  readonly changed: number;
  readonly seconds: number;
  /** One statement that touches the same rows of the standings. */
  readonly ceilingSeconds: number;
}

/** The close of a book, day by day. */
export interface CloseFigures {
  readonly loans: number;
  readonly days: readonly ClosedDay[];
  /** The first day looks at every late loan; it is not among the medians. */
  readonly secondsOfDay: number;
  readonly changedPerSecond: number;
  /** Time of the one statement ÷ time of the close. */
  readonly ceilingRatio: number;
  /** Median of the last fifth of the days ÷ that of the first. */
  readonly ageing: number;
  readonly mostMemoryMib: number;
}

const CEILING = `
update post_loan_monitoring.loan_standing set changed_at = changed_at
where loan_id in (select loan_id from post_loan_monitoring.loan_standing_history where valid_on = $1::date)`;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return (performance.now() - beganMs) / 1_000;
}

/** Closes one day after the other of a book that is seeded straight into the service's tables, each beside one statement over the same rows. */
export async function measureClose(database: BenchDatabase, { book: loans, days: count }: BenchOptions, say: (line: string) => void): Promise<CloseFigures> {
  const urls = await prepareDatabases({ adminUrl: database.adminUrl, database: DATABASE, rolePassword: randomSecret(), definitions: [postLoanMonitoring] });
  const onError = (error: Error): void => {
    throw error;
  };
  const pool = openPool({ connectionString: urls.of(postLoanMonitoring.schema), max: CONNECTIONS }, onError);
  const administrator = new pg.Client({ connectionString: database.urlOf(DATABASE) });
  await administrator.connect();
  try {
    const seconds = await secondsOf(() =>
      seedBook(administrator as never, { tenantId: TENANT, loans, on: SEEDED_ON, policyVersion: policyInForce('online_microloan', SEEDED_ON).version }),
    );
    say(`  close: ${loans} loans seeded in ${Math.round(seconds)} s`);
    const closeBook = new CloseBook(new TransactionRunner({ pool, source: 'bench', clock: systemClock }), systemClock);
    await closeBook.closeTenant(TENANT, SEEDED_ON);
    const days: ClosedDay[] = [];
    let mostMemory = 0;
    for (let at = 1; at <= count; at += 1) {
      const day = addDays(SEEDED_ON, at);
      await payDues(administrator as never, TENANT, day);
      let changed = 0;
      const own = await secondsOf(() => closeBook.closeTenant(TENANT, day, { progress: (step) => void (changed += step.changed) }));
      days.push({ day, changed, seconds: own, ceilingSeconds: await secondsOf(() => administrator.query(CEILING, [day])) });
      mostMemory = Math.max(mostMemory, process.memoryUsage().rss);
      if (at % Math.ceil(count / 5) === 0) say(`  close, ${day}: ${changed} loans changed in ${own.toFixed(2)} s`);
    }
    return figuresOf(loans, days, mostMemory / MIB);
  } finally {
    await administrator.end();
    await pool.end();
  }
}

function figuresOf(loans: number, days: readonly ClosedDay[], mostMemoryMib: number): CloseFigures {
  const fifth = Math.max(1, Math.floor(days.length / 5));
  const middleOf = (some: readonly ClosedDay[]): number => median(some.map(({ seconds }) => seconds));
  return {
    loans,
    days,
    secondsOfDay: middleOf(days),
    changedPerSecond: median(days.map(({ changed, seconds }) => changed / seconds)),
    ceilingRatio: median(days.map(({ seconds, ceilingSeconds }) => ceilingSeconds / seconds)),
    ageing: middleOf(days.slice(-fifth)) / middleOf(days.slice(0, fifth)),
    mostMemoryMib,
  };
}
