import type { CodeFor } from '@millrace/reasons';
/** A characteristic before training: the sign is fixed by reasoning, so that 18 defaults cannot turn it round. */
export interface Candidate {
  readonly name: string;
  readonly input: string;
  /** Whether a higher input is expected to mean less risk. */
  readonly better: 'higher' | 'lower';
  readonly reasonCode: CodeFor<'score'>;
}

/** Few and strong: with 18 defaults each further one costs more than it tells (figures in the model card). */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'Invoiced sales, 36 months (yuan)', input: 'revenue36mYuan', better: 'higher', reasonCode: 'SALES_LOW' },
  { name: 'Margin of sales over purchases, 12 months', input: 'grossMargin12m', better: 'higher', reasonCode: 'MARGIN_THIN' },
  { name: 'Monthly sales: deviation over mean, 36 months', input: 'salesVariability36m', better: 'lower', reasonCode: 'SALES_UNSTEADY' },
  { name: 'Months of invoice history, up to 36', input: 'monthsObserved36m', better: 'higher', reasonCode: 'HISTORY_SHORT' },
  { name: 'Months since the last sale', input: 'salesMonthsSinceLast', better: 'lower', reasonCode: 'SALES_NOT_RECENT' },
];
