/** Code to plain sentence: what a borrower, a reviewer and an appeal read (R-UW-04). */
export const REASON_SENTENCES = {
  INPUT_NOT_AVAILABLE: 'A source that the assessment needs has no data about the firm.',
  SALES_LOW: 'Invoiced sales of the last 36 months are low.',
  SALES_UNSTEADY: 'Invoiced sales vary strongly from month to month.',
  SALES_INACTIVE: 'There are many months without invoiced sales.',
  SALES_NOT_RECENT: 'The latest sales invoice is some months old.',
  MARGIN_THIN: 'Invoiced purchases take up most of the invoiced sales.',
  HISTORY_SHORT: 'The invoice history is short.',
  BUYERS_CONCENTRATED: 'A large share of sales goes to few buyers.',
  VOID_INVOICES_HIGH: 'Many sales invoices were voided.',
  BUSINESS_YOUNG: 'The firm has been in business for a short time.',
  RISK_INDEX_LOW: 'The comprehensive risk index is below the least that is accepted.',
  LIMIT_BELOW_LEAST: 'The limit that the firm can carry is below one lending step.',
  LIMIT_BOUND_BY_GRADE: 'The risk grade is below those that are lent to.',
  LIMIT_BOUND_BY_REVENUE: 'The limit is bound by invoiced revenue less existing unsecured debt.',
  LIMIT_BOUND_BY_TAX: 'The limit is bound by the taxes paid and the tax class.',
  LIMIT_BOUND_BY_RECEIVABLES: 'The limit is bound by the eligible receivables.',
  LIMIT_BOUND_BY_DSCR: 'The limit is bound by the cash flow that can serve debt.',
  LIMIT_BOUND_BY_WORKING_CAPITAL_NEED: 'The limit is bound by the working-capital need.',
  LIMIT_BOUND_BY_LEVERAGE: 'The limit is bound by existing debt against revenue.',
  LIMIT_BOUND_BY_PRODUCT: 'The limit is bound by the most that the product lends.',
  LIMIT_BOUND_BY_THIN_FILE: 'The limit is bound because the credit bureau has no record of the firm.',
  LIMIT_BOUND_BY_REGULATORY: 'The limit is bound by the most that the licence lends to one borrower.',
} as const;

export type ReasonCode = keyof typeof REASON_SENTENCES;

/** Whether the catalogue has the code. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASON_SENTENCES, code);
}

/** Code with its sentence, as events and letters carry it; throws for a code that the catalogue has not. */
export function reasonOf(code: string): { code: ReasonCode; sentence: string } {
  if (!isReasonCode(code)) throw new RangeError(`there is no reason ${code}`);
  return { code, sentence: REASON_SENTENCES[code] };
}
