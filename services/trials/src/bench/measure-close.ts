import type { IsoDate } from '@millrace/finance';
import { BenchBook, secondsOf } from './bench-book.js';
import type { BenchDatabase } from './bench-database.js';
import { LOANS_OF_BOOK, type BenchOptions } from './bench-options.js';
import { median } from './statistics.js';

const MIB = 1_048_576;
const DAYS_OF_YEAR = 365;
const STANDING_STEP = 'stand-loans';

/** One day of the close. */
export interface ClosedDay {
  readonly day: IsoDate;
  /** Loans of which something has changed. */
  readonly changed: number;
  readonly seconds: number;
  /** From the beginning to the end of the step that changes loans. */
  readonly standingSeconds: number;
  /** Processor time of the service and of PostgreSQL; undefined where the system does not tell. */
  readonly processorSeconds: number | undefined;
  /** One statement that touches the same rows of the standings. */
  readonly ceilingSeconds: number;
  /** By how much the database has grown. */
  readonly grownBytes: number;
}

/** The close of a book, day by day. */
export interface CloseFigures {
  readonly loans: number;
  /** The first day, which looks at every late loan; it is not among the medians. */
  readonly first: ClosedDay;
  readonly days: readonly ClosedDay[];
  readonly secondsOfDay: number;
  readonly processorSecondsOfDay: number;
  /** Changed loans a second of the step that changes them, on the day with most of them. */
  readonly changedPerSecond: number;
  /** Time of the one statement ÷ time of the close. */
  readonly ceilingRatio: number;
  /** Median of the last fifth of the days ÷ that of the first. */
  readonly ageing: number;
  readonly mostMemoryMib: number;
  /** What the close alone has added to the database, of a loan of the book in a year of days like these. */
  readonly bytesOfLoanAndYear: number;
}

const CEILING = `
update post_loan_monitoring.loan_standing set changed_at = changed_at
where loan_id in (select loan_id from post_loan_monitoring.loan_standing_history where valid_on = $1::date)`;

async function sizeOf(book: BenchBook): Promise<number> {
  const [row] = await book.asAdmin<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
  return Number(row!.bytes);
}

/** Processor seconds of the service, which runs in this process, and of PostgreSQL so far. */
function processorSecondsOf(database: BenchDatabase): number | undefined {
  const ofDatabase = database.processorSeconds();
  const { user, system } = process.cpuUsage();
  return ofDatabase === undefined ? undefined : ofDatabase + (user + system) / 1_000_000;
}

async function measureDay(database: BenchDatabase, book: BenchBook): Promise<ClosedDay> {
  const day = book.closing;
  const processorBefore = processorSecondsOf(database);
  const before = await sizeOf(book);
  const beganMs = performance.now();
  let [changed, standingSeconds] = [0, 0];
  const seconds = await secondsOf(() =>
    book.closeBook.closeTenant(book.tenantId, day, {
      progress: (done) => {
        // Notices that are planned, or letters that are written, change no loan.
        if (done.step !== STANDING_STEP) return;
        changed += done.changed;
        standingSeconds = (performance.now() - beganMs) / 1_000;
      },
    }),
  );
  const processorSeconds = processorBefore === undefined ? undefined : processorSecondsOf(database)! - processorBefore;
  const grownBytes = (await sizeOf(book)) - before;
  const ceilingSeconds = await secondsOf(() => book.asAdmin(CEILING, [day]));
  return { day, changed, seconds, standingSeconds, processorSeconds, ceilingSeconds, grownBytes };
}

/** Closes one day after the other of a seeded book, each beside one statement over the same rows. */
export async function measureClose(
  database: BenchDatabase,
  { loans = LOANS_OF_BOOK, days: count }: BenchOptions,
  say: (line: string) => void,
): Promise<CloseFigures> {
  const book = await BenchBook.open(database, 'close', loans, say);
  try {
    const first = await measureDay(database, book);
    say(`  close, ${first.day}, the first: ${first.changed} loans changed in ${first.seconds.toFixed(2)} s`);
    const days: ClosedDay[] = [];
    let mostMemory = 0;
    for (let at = 1; at <= count; at += 1) {
      await book.passDay();
      const closed = await measureDay(database, book);
      days.push(closed);
      mostMemory = Math.max(mostMemory, process.memoryUsage().rss);
      if (at % Math.ceil(count / 5) === 0)
        say(
          `  close, ${closed.day}: ${closed.changed} loans changed in ${closed.seconds.toFixed(2)} s, processor ${closed.processorSeconds?.toFixed(2) ?? '?'} s`,
        );
    }
    return figuresOf(loans, first, days, mostMemory / MIB);
  } finally {
    await book.end();
  }
}

function figuresOf(loans: number, first: ClosedDay, days: readonly ClosedDay[], mostMemoryMib: number): CloseFigures {
  const fifth = Math.max(1, Math.floor(days.length / 5));
  const middleOf = (some: readonly ClosedDay[]): number => median(some.map(({ seconds }) => seconds));
  const busiest = [first, ...days].reduce((most, day) => (day.changed > most.changed ? day : most));
  const grown = days.reduce((sum, { grownBytes }) => sum + grownBytes, 0);
  return {
    loans,
    first,
    days,
    secondsOfDay: middleOf(days),
    processorSecondsOfDay: median(days.map(({ processorSeconds }) => processorSeconds ?? Number.NaN)),
    changedPerSecond: busiest.changed / busiest.standingSeconds,
    ceilingRatio: median(days.map(({ seconds, ceilingSeconds }) => ceilingSeconds / seconds)),
    ageing: middleOf(days.slice(-fifth)) / middleOf(days.slice(0, fifth)),
    mostMemoryMib,
    bytesOfLoanAndYear: (grown / days.length / loans) * DAYS_OF_YEAR,
  };
}
