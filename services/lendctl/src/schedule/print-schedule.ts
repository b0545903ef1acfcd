import type { AnnualRates, Schedule, ScheduleTerms } from '@millrace/finance';
import Table from 'cli-table3';
import pico from 'picocolors';

export interface PricedSchedule {
  readonly terms: ScheduleTerms;
  readonly schedule: Schedule;
  /** Up-front fee, kept back from the money paid out. */
  readonly feeMinor: bigint;
  readonly rates: AnnualRates;
}

/** One JSON object on one line: money as strings of minor units, rates as numbers of basis points. */
export function scheduleAsJson({ schedule, rates }: PricedSchedule): string {
  return JSON.stringify({
    instalmentMinor: schedule.instalmentMinor.toString(),
    rows: schedule.rows.map((row) => ({
      due: row.due,
      principalMinor: row.principalMinor.toString(),
      interestMinor: row.interestMinor.toString(),
      totalMinor: row.totalMinor.toString(),
      balanceMinor: row.balanceMinor.toString(),
    })),
    totalInterestMinor: schedule.totalInterestMinor.toString(),
    nominalAnnualRateBps: rates.nominalAnnualRateBps,
    effectiveAnnualRateBps: rates.effectiveAnnualRateBps,
  });
}

/** The schedule for people: a table, then what it comes to. */
export function scheduleAsTable(priced: PricedSchedule): string {
  const table = new Table({
    head: ['#', 'due', 'principal', 'interest', 'total', 'balance'].map((title) => pico.bold(title)),
    colAligns: ['right', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const row of priced.schedule.rows) {
    table.push([row.number, row.due, ...[row.principalMinor, row.interestMinor, row.totalMinor, row.balanceMinor].map(yuan)]);
  }
  const lines = summary(priced);
  const width = Math.max(...lines.map(([, value]) => value.length));
  return [table.toString(), ...lines.map(([label, value]) => `${label.padEnd(24)}${value.padStart(width)}`)].join('\n');
}

function summary({ terms, schedule, feeMinor, rates }: PricedSchedule): [string, string][] {
  const fee: [string, string][] =
    feeMinor === 0n
      ? []
      : [
          ['up-front fee', yuan(feeMinor)],
          ['received', yuan(terms.principalMinor - feeMinor)],
        ];
  return [
    [terms.method === 'equal_instalment' ? 'level instalment' : 'first payment', yuan(schedule.instalmentMinor)],
    ['total interest', yuan(schedule.totalInterestMinor)],
    ...fee,
    ['nominal annual rate', percent(rates.nominalAnnualRateBps)],
    ['effective annual rate', percent(rates.effectiveAnnualRateBps)],
  ];
}

const YUAN = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 });

/** Formatted from the decimal string, which Intl keeps exact where a number would not. */
function yuan(amountMinor: bigint): string {
  const digits = amountMinor.toString().padStart(3, '0');
  return YUAN.format(`${digits.slice(0, -2)}.${digits.slice(-2)}` as Intl.StringNumericLiteral);
}

function percent(rateBps: number): string {
  return `${(rateBps / 100).toFixed(4)}%`;
}
