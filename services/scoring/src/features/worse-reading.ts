import type { InvoiceInput } from './invoice-input.js';

/** Inputs that a scorecard or the risk index reads, by what is worse. */
const SMALLER_IS_WORSE = [
  'revenue12mYuan',
  'revenue36mYuan',
  'grossMargin12m',
  'grossMargin36m',
  'monthsObserved',
  'monthsObserved36m',
  'salesActive12mShare',
  'salesActive36mShare',
] as const;
const LARGER_IS_WORSE = ['salesVariability36m', 'salesMonthsSinceLast', 'salesLongestGap36mMonths'] as const;
/** The same, where an unknown value takes no part in the risk index and so is not the worst. */
const LARGER_KNOWN_IS_WORSE = ['salesVoid12mRatio', 'salesVoid36mRatio', 'buyerTop1Share12m', 'buyerTop1Share36m'] as const;

type Inputs = Readonly<Record<InvoiceInput, number | null>>;

/**
 * Of two readings of the same file the worse value of each input that moves a score; an unknown one is the worst (R-CR-02). A sale that a later
 * row takes away makes a firm smaller, but it may also make its months steadier; nobody gains by that.
 */
export function worseOf(believed: Inputs, other: Inputs): Record<InvoiceInput, number | null> {
  const pick = (input: InvoiceInput, choose: (one: number, two: number) => number): [InvoiceInput, number | null] => {
    const [one, two] = [believed[input], other[input]];
    return [input, one === null || two === null ? null : choose(one, two)];
  };
  const known = (input: InvoiceInput): [InvoiceInput, number | null] => {
    const values = [believed[input], other[input]].filter((value) => value !== null);
    return [input, values.length === 0 ? null : Math.max(...values)];
  };
  return {
    ...believed,
    ...Object.fromEntries([
      ...SMALLER_IS_WORSE.map((input) => pick(input, Math.min)),
      ...LARGER_IS_WORSE.map((input) => pick(input, Math.max)),
      ...LARGER_KNOWN_IS_WORSE.map(known),
    ]),
  };
}
