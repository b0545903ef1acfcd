import type { LoanClass } from '@millrace/contracts';
import type { ClassificationParameters } from '@millrace/policy';
import { isNonPerforming } from './loan-class.js';
import { isOver, type Share } from './share.js';

/** What a rule on the other loans of an obligor makes of a loan at least. */
export const OBLIGOR_FLOORS = { 'G-CL-05': 'SPECIAL_MENTION', 'G-CL-10': 'SUBSTANDARD' } as const satisfies Record<string, LoanClass>;
export type ObligorRule = keyof typeof OBLIGOR_FLOORS;

/** A loan of an obligor at this lender. */
export interface ObligorDebt {
  readonly loanId: string;
  /** Principal that is owed, in fen. */
  readonly balanceMinor: bigint;
  /** Class that the loan has by itself, without its obligor's other loans: so two loans never hold each other down once the cause is gone. */
  readonly ownClass: LoanClass;
}

/** A loan is one to a small firm, a retail asset, unless its product is one for other firms (G-CL-11). */
export const isSmallFirmsLoan = (productCode: string | null, { nonRetailProducts }: ClassificationParameters): boolean =>
  productCode === null || !nonRetailProducts.includes(productCode);

/** Whether an obligor's debts are judged together: of a firm that is no small one always, of a small firm where the lender says so (G-CL-11). */
export const isJudgedByObligor = (isSmallFirm: boolean, { smallFirmCrossDefault }: ClassificationParameters): boolean => !isSmallFirm || smallFirmCrossDefault;

/**
 * The rule by which non-performing debt of the same obligor at this lender keeps a loan down.
 * @param nonPerformingHere what is non-performing of all that the obligor owes this lender
 * @returns G-CL-10 where that is over the share at which all of its debt is non-performing, else G-CL-05; null where the obligor's debts are judged one by one
 */
export function ruleOfShare(nonPerformingHere: Share, isSmallFirm: boolean, parameters: ClassificationParameters): ObligorRule | null {
  if (!isJudgedByObligor(isSmallFirm, parameters)) return null;
  return isOver(nonPerformingHere, parameters.sameLenderOverBps) ? 'G-CL-10' : 'G-CL-05';
}

const sumOf = (debts: readonly ObligorDebt[]): bigint => debts.reduce((total, { balanceMinor }) => total + balanceMinor, 0n);

/**
 * The rule by which the obligor's other loans keep one of them down (G-CL-05, G-CL-10); null where none of the others is non-performing by itself.
 * @param debts all that the obligor owes this lender, the loan itself among them
 */
export function obligorRuleOf(loanId: string, debts: readonly ObligorDebt[], isSmallFirm: boolean, parameters: ClassificationParameters): ObligorRule | null {
  const nonPerforming = debts.filter(({ ownClass }) => isNonPerforming(ownClass));
  if (!nonPerforming.some((debt) => debt.loanId !== loanId)) return null;
  return ruleOfShare({ partMinor: sumOf(nonPerforming), wholeMinor: sumOf(debts) }, isSmallFirm, parameters);
}
