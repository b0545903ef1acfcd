/** What a way to repay is made of, beside the products that offer it: a file each that names it, and what the file says of it. */
export const REPAYMENT_PARTS: Readonly<Record<string, string>> = {
  'libs/contracts/src/facts.ts': 'a name of the wire',
  'libs/contracts/src/api/product.api.ts': 'its meaning for partners',
  'libs/finance/src/schedule-terms.ts': 'a name of the schedules',
  'libs/finance/src/schedule.ts': 'its schedule',
  'services/scoring/src/limit/limit.ts': 'what of principal a cash flow carries (M-LM-11)',
  'services/loan-application/src/contract/draft-contract.ts': 'its word in the contract',
};

/** Parts of a way to repay that are not there, a line each; `textOf` gives a file's text. */
export function missingOfMethod(method: string, textOf: (path: string) => string): string[] {
  const named = new RegExp(`'${method}'|\\b${method}:`);
  return Object.entries(REPAYMENT_PARTS).flatMap(([path, part]) => (named.test(textOf(path)) ? [] : [`${path}: ${method} has not ${part}`]));
}
