import { LOAN_BUCKETS, LOAN_CLASSES } from '@millrace/contracts';
import type { BookReports } from './read-book.js';
import { lineChart, stackedChart, type Series } from './svg-chart.js';

const BPS_OF_PERCENT = 100;
const percentOf = (part: string | undefined, whole: string): number => (whole === '0' ? 0 : (Number(part ?? '0') / Number(whole)) * 100);

/** Share of the book that some values of a dimension have, month by month. */
function sharesOf({ months }: BookReports, dimension: 'bucket' | 'class', values: readonly string[]): Series[] {
  return values.map((value) => ({
    name: value,
    values: months.map(({ items }) =>
      percentOf(items.find((row) => row.dimension === dimension && row.value === value)?.balanceMinor, items[0]?.balanceMinor ?? '0'),
    ),
  }));
}

function vintageLines({ vintage }: BookReports, part: 'm1PlusBps' | 'm4PlusBps', ages: readonly number[]): Series[] {
  // A quarter's months in one line: single months of a small book say more of single loans than of the months.
  const quarterOf = (month: string): string => `${month.slice(0, 4)} Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
  return [...Map.groupBy(vintage.items, ({ bookingMonth }) => quarterOf(bookingMonth))].map(([name, rows]) => ({
    name,
    values: ages.map((age) => {
      const own = rows.filter(({ monthsOnBook }) => monthsOnBook === age);
      const booked = own.reduce((sum, { bookedMinor }) => sum + Number(bookedMinor), 0);
      if (own.length === 0 || booked === 0) return null;
      return own.reduce((sum, row) => sum + row[part] * Number(row.bookedMinor), 0) / booked / BPS_OF_PERCENT;
    }),
  }));
}

/** Pictures of a book by their file names. */
export function drawBook(reports: BookReports): ReadonlyMap<string, string> {
  const labels = reports.months.map(({ day }) => day.slice(0, 7));
  const ages = [...new Set(reports.vintage.items.map(({ monthsOnBook }) => monthsOnBook))].toSorted((a, b) => a - b);
  const ofAge = ages.map(String);
  const rollMonths = [...Map.groupBy(reports.rollRates.items, ({ day }) => day)];
  const rolls = LOAN_BUCKETS.slice(1, 5).map((to, index) => ({
    name: `${LOAN_BUCKETS[index]!} to ${to}`,
    values: rollMonths.map(([, rows]) => {
      const bps = rows.find((row) => row.to === to)?.rollBps ?? null;
      return bps === null ? null : bps / BPS_OF_PERCENT;
    }),
  }));
  return new Map([
    ['buckets.svg', stackedChart({ title: 'Late principal, share of the book by bucket', labels, series: sharesOf(reports, 'bucket', LOAN_BUCKETS.slice(1)) })],
    [
      'classes.svg',
      stackedChart({ title: 'Principal that is not normal, share of the book by class', labels, series: sharesOf(reports, 'class', LOAN_CLASSES.slice(1)) }),
    ],
    ['vintage-m1.svg', lineChart({ title: 'M1+ against what was lent, by months on book', labels: ofAge, series: vintageLines(reports, 'm1PlusBps', ages) })],
    ['vintage-m4.svg', lineChart({ title: 'M4+ against what was lent, by months on book', labels: ofAge, series: vintageLines(reports, 'm4PlusBps', ages) })],
    ['roll-rates.svg', lineChart({ title: 'Roll rates, month by month', labels: rollMonths.map(([day]) => day.slice(0, 7)), series: rolls })],
  ]);
}
