import { percent, yuan } from '@millrace/client';
import { LOAN_BUCKETS } from '@millrace/contracts';
import { plainTable } from '../demo/plain-table.js';
import type { Agreement } from './check-agreement.js';
import { HABITS, type Habit } from './borrower.js';
import type { BookReports } from './read-book.js';

const RIGHT = Array.from({ length: 12 }, () => 'right' as const);
const rate = (bps: number | null): string => (bps === null ? '' : percent(bps));

/** How many borrowers had which habit. */
export function habitTable(habits: ReadonlyMap<string, Habit>): string {
  const table = plainTable(['borrowers that', 'loans'], ['left', 'right']);
  for (const habit of Object.keys(HABITS) as Habit[]) table.push([habit.replaceAll('_', ' '), [...habits.values()].filter((one) => one === habit).length]);
  return table.toString();
}

/** The book of the last day, by class and bucket. */
export function bookTable({ months }: BookReports): string {
  const table = plainTable(['', '', 'loans', 'principal', 'NPL', 'provisions', 'coverage', '拨贷比'], ['left', 'left', ...RIGHT]);
  for (const row of months.at(-1)?.items ?? [])
    table.push([
      row.dimension,
      row.value,
      row.loans,
      yuan(row.balanceMinor),
      rate(row.nonPerformingBps),
      yuan(row.provisionMinor),
      rate(row.coverageBps),
      rate(row.loanProvisionBps),
    ]);
  return table.toString();
}

/** Late balances of months of payouts by their age; of the ages every third. */
export function vintageTable({ vintage }: BookReports): string {
  const ages = [0, 3, 6, 9, 12, 15, 18];
  const table = plainTable(['lent in', 'loans', 'lent', ...ages.map((age) => `M1+ at ${age}`)], ['left', ...RIGHT]);
  for (const [month, rows] of Map.groupBy(vintage.items, ({ bookingMonth }) => bookingMonth)) {
    const [first] = rows;
    table.push([
      month,
      first!.loans,
      yuan(first!.bookedMinor),
      ...ages.map((age) => rate(rows.find(({ monthsOnBook }) => monthsOnBook === age)?.m1PlusBps ?? null)),
    ]);
  }
  return table.toString();
}

/** What went from bucket to bucket, a row a month. */
export function rollTable({ rollRates }: BookReports): string {
  const pairs = LOAN_BUCKETS.slice(1).map((to, index) => `${LOAN_BUCKETS[index]!}→${to}`);
  const table = plainTable(['month', ...pairs, 'M0 to M4'], ['left', ...RIGHT]);
  for (const [day, rows] of Map.groupBy(rollRates.items, (row) => row.day))
    table.push([day.slice(0, 7), ...rows.map(({ rollBps }) => rate(rollBps)), rate(rows.find(({ to }) => to === 'M4')?.netFlowBps ?? null)]);
  return table.toString();
}

/** First payments that did not come, over all months. */
export function firstPaymentTable({ firstPayments }: BookReports): string {
  const table = plainTable(['first payment', 'loans', 'late', 'share of loans', 'share of what was lent'], ['left', ...RIGHT]);
  for (const [days, rows] of Map.groupBy(firstPayments.items, ({ daysLate }) => daysLate)) {
    const sum = (part: (row: (typeof rows)[number]) => bigint): bigint => rows.reduce((total, row) => total + part(row), 0n);
    const [loans, late] = [sum((row) => BigInt(row.loans)), sum((row) => BigInt(row.lateLoans))];
    const share = (part: bigint, whole: bigint): string => (whole === 0n ? '' : percent(Number((part * 10_000n) / whole)));
    const lent = share(
      sum((row) => BigInt(row.lateBookedMinor)),
      sum((row) => BigInt(row.bookedMinor)),
    );
    table.push([`FPD${days}`, Number(loans), Number(late), share(late, loans), lent]);
  }
  return table.toString();
}

/** What was held against each other. */
export function agreementTable(agreements: readonly Agreement[]): string {
  const table = plainTable(['what must agree', 'one', 'other', ''], ['left', 'right', 'right', 'left']);
  for (const { what, oneMinor, otherMinor } of agreements) table.push([what, yuan(oneMinor), yuan(otherMinor), oneMinor === otherMinor ? 'agrees' : 'DIFFERS']);
  return table.toString();
}
