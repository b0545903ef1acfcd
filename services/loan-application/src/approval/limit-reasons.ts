import type { Reason } from '@millrace/contracts';

/** Caps of the limit engine with what binds the amount, in words (S07). */
const SENTENCES: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  grade: ['LIMIT_BOUND_BY_GRADE', 'the risk grade'],
  revenue: ['LIMIT_BOUND_BY_REVENUE', 'invoiced revenue less existing unsecured debt'],
  tax: ['LIMIT_BOUND_BY_TAX', 'the taxes paid and the tax class'],
  receivables: ['LIMIT_BOUND_BY_RECEIVABLES', 'the eligible receivables'],
  dscr: ['LIMIT_BOUND_BY_DSCR', 'the cash flow that can serve debt'],
  working_capital_need: ['LIMIT_BOUND_BY_WORKING_CAPITAL_NEED', 'the working-capital need'],
  leverage: ['LIMIT_BOUND_BY_LEVERAGE', 'existing debt against revenue'],
  product: ['LIMIT_BOUND_BY_PRODUCT', 'the most that the product lends'],
  thin_file: ['LIMIT_BOUND_BY_THIN_FILE', 'a credit bureau without a record of the firm'],
  regulatory: ['LIMIT_BOUND_BY_REGULATORY', 'the most that the licence lends to one borrower'],
};

/** The reason of a cap that bound an amount; a cap that a newer scoring has and this list has not is told without its name. */
export function limitReason(cap: string): Reason {
  const [code, what] = SENTENCES[cap] ?? ['AMOUNT_REDUCED', 'a cap of the limit'];
  return { code, sentence: `Less is granted than was asked for: what binds is ${what}.` };
}
