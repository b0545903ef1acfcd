import { LOAN_BUCKETS, LOAN_CLASSES, type LoanBucket, type LoanClass } from '@millrace/contracts';
import type { PortfolioRowAnswer } from '@millrace/contracts/api';
import type { ProvisionParameters } from '@millrace/policy';
import { bookRatios, type BookLine, type BookRatios } from '../classification/book-ratios.js';
import { scheduleMinor } from '../classification/provision-policy.js';

/** Loans that a report does not tell apart further. */
export interface PortfolioCell {
  readonly productCode: string;
  readonly industrySection: string;
  readonly loanClass: LoanClass;
  readonly bucket: LoanBucket;
  readonly loans: number;
  readonly balanceMinor: bigint;
}

/** What is booked for the loans of each class. */
export type BookedProvisions = ReadonlyMap<LoanClass, bigint>;

type Dimension = PortfolioRowAnswer['dimension'];

const VALUE_OF: Readonly<Record<Exclude<Dimension, 'all'>, (cell: PortfolioCell) => string>> = {
  class: ({ loanClass }) => loanClass,
  bucket: ({ bucket }) => bucket,
  product: ({ productCode }) => productCode,
  industry: ({ industrySection }) => industrySection,
};

/** Order of the values that have one; the others come by their names after them. */
const ORDER: readonly string[] = [...LOAN_CLASSES, ...LOAN_BUCKETS];

/** With what is booked, or where that is not told apart with what the schedule asks for, of principal alone (G-PV-01). */
function lineOf({ loanClass, balanceMinor }: PortfolioCell, parameters: ProvisionParameters, booked: BookedProvisions | undefined): BookLine {
  if (booked) return { class: loanClass, balanceMinor, provisionMinor: booked.get(loanClass) ?? 0n };
  return { class: loanClass, balanceMinor, provisionMinor: scheduleMinor({ principalMinor: balanceMinor, interestMinor: 0n }, loanClass, parameters) };
}

function rowOf(dimension: Dimension, value: string, cells: readonly PortfolioCell[], ratios: BookRatios): PortfolioRowAnswer {
  const { balanceMinor, nonPerformingMinor, nonPerformingBps, provisionMinor, coverageBps, loanProvisionBps, breaches } = ratios;
  return {
    dimension,
    value,
    loans: cells.reduce((sum, { loans }) => sum + loans, 0),
    balanceMinor: String(balanceMinor),
    nonPerformingMinor: String(nonPerformingMinor),
    nonPerformingBps,
    provisionMinor: String(provisionMinor),
    coverageBps,
    loanProvisionBps,
    // The floors are those of the whole book.
    breaches: dimension === 'all' ? breaches : [],
  };
}

/** Cells of one class are summed before a share is taken of them, so that no rounding of many cells adds up. */
function byClass(cells: readonly PortfolioCell[]): PortfolioCell[] {
  return [...Map.groupBy(cells, ({ loanClass }) => loanClass).values()].map((own) => ({
    ...own[0]!,
    loans: own.reduce((sum, { loans }) => sum + loans, 0),
    balanceMinor: own.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n),
  }));
}

const ratiosOf = (cells: readonly PortfolioCell[], parameters: ProvisionParameters, booked?: BookedProvisions): BookRatios =>
  bookRatios(
    byClass(cells).map((cell) => lineOf(cell, parameters, booked)),
    parameters,
  );

/** The book of a day: as a whole, and by class, bucket, product and industry. */
export function portfolioRows(cells: readonly PortfolioCell[], parameters: ProvisionParameters, booked?: BookedProvisions): PortfolioRowAnswer[] {
  const rows = [rowOf('all', 'all', cells, ratiosOf(cells, parameters, booked))];
  for (const dimension of ['class', 'bucket', 'product', 'industry'] as const) {
    const parts = [...Map.groupBy(cells, VALUE_OF[dimension])].toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b) || (a < b ? -1 : 1));
    for (const [value, own] of parts) rows.push(rowOf(dimension, value, own, ratiosOf(own, parameters, dimension === 'class' ? booked : undefined)));
  }
  return rows;
}
