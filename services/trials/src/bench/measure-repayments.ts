import { MoneyReceived, newId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { OnMoneyReceived } from '@millrace/post-loan-monitoring/on-money-received';
import { BenchBook, secondsOf } from './bench-book.js';
import type { BenchDatabase } from './bench-database.js';
import { LOANS_OF_BOOK, type BenchOptions } from './bench-options.js';
import { median } from './statistics.js';

/** Repayments that are on their way at once. */
const AT_ONCE = 4;

/** Repayments of one day, alone and while the day before is closed. */
export interface RepaymentRound {
  readonly alonePerSecond: number;
  readonly besidePerSecond: number;
  readonly closeSeconds: number;
}

export interface RepaymentFigures {
  readonly loans: number;
  readonly rounds: readonly RepaymentRound[];
  /** Median of the rate beside the close ÷ the rate alone, of the same round. */
  readonly ratio: number;
}

/** What a bank shows of the money that falls due today, one transfer a loan. */
const DUE = `
select l.loan_id as "loanId", l.application_id as "applicationId", (i.principal_minor + i.interest_minor)::text as "amountMinor"
from post_loan_monitoring.loan l join post_loan_monitoring.instalment i on i.loan_id = l.loan_id and i.due_on = l.oldest_due_on
where l.live and l.oldest_due_on = $1::date order by l.loan_id`;
type Due = Pick<MoneyReceived, 'amountMinor'> & { readonly loanId: string; readonly applicationId: string };

/** Books transfers through the service's own handler, some at once, until they are all booked or the time is over; how many were. */
async function repay(book: BenchBook, dues: Due[], isOver: () => boolean): Promise<number> {
  const handler = new OnMoneyReceived(book.clock);
  let booked = 0;
  const payer = async (): Promise<void> => {
    for (let due = dues.pop(); due && !isOver(); due = dues.pop()) {
      const lineId = newId();
      const payload = new MoneyReceived({
        ...{ storyId: due.applicationId, ...due, tenantId: book.tenantId, lineId, currency: 'CNY', valueOn: book.today },
        ...{ bookedAt: book.clock.now().toISOString(), bankReference: `B-${lineId}` },
      });
      await book.runner.run({ actor: { kind: 'system', id: 'bench' }, causationId: newId() }, (tx: EventTransaction) =>
        handler.handle({ payload } as never, tx),
      );
      booked += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, payer));
  return booked;
}

async function perSecond(work: () => Promise<number>): Promise<number> {
  let booked = 0;
  const seconds = await secondsOf(async () => (booked = await work()));
  return booked / seconds;
}

/** Half of a day's transfers come alone; the others while the day before is closed, for as long as that takes. */
async function measureRound(book: BenchBook): Promise<RepaymentRound> {
  const dues = await book.asAdmin<Due>(DUE, [book.today]);
  const alone = dues.splice(0, Math.ceil(dues.length / 2));
  const alonePerSecond = await perSecond(() => repay(book, alone, () => false));
  let [isClosed, closeSeconds] = [false, 0];
  const closing = secondsOf(() => book.closeBook.closeTenant(book.tenantId, book.closing)).then((seconds) => ([isClosed, closeSeconds] = [true, seconds]));
  const besidePerSecond = await perSecond(() => repay(book, dues, () => isClosed));
  await closing;
  await book.passDay();
  return { alonePerSecond, besidePerSecond, closeSeconds };
}

/** Repayments of today's dues beside the close of the day before, held against their own rate alone. */
export async function measureRepayments(
  database: BenchDatabase,
  { loans = LOANS_OF_BOOK, rounds: count }: BenchOptions,
  say: (line: string) => void,
): Promise<RepaymentFigures> {
  const book = await BenchBook.open(database, 'repayments', loans, say);
  try {
    await measureRound(book);
    const rounds: RepaymentRound[] = [];
    for (let at = 1; at <= count; at += 1) {
      const round = await measureRound(book);
      rounds.push(round);
      const { alonePerSecond, besidePerSecond, closeSeconds } = round;
      say(`  repayments/s: ${alonePerSecond.toFixed(0)} alone, ${besidePerSecond.toFixed(0)} beside a close of ${closeSeconds.toFixed(1)} s`);
    }
    return { loans, rounds, ratio: median(rounds.map(({ alonePerSecond, besidePerSecond }) => besidePerSecond / alonePerSecond)) };
  } finally {
    await book.end();
  }
}
