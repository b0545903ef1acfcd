import { addDays, type IsoDate } from '@millrace/finance';
import type { Policy } from '@millrace/policy';
import type { CodeFor } from '@millrace/reasons';
import type { BookedMovement, LoanAccount } from '../loan/loan-account.js';
import { accountAfter, playAccount } from '../loan/play-account.js';

/** Why a loan is not renewed. */
export type RenewalRefusalCode = CodeFor<'renewal'>;

/** The rules of a day that say which loan may be renewed. */
export type RenewalRules = Pick<Policy, 'classification' | 'renewal'>;

/**
 * Why a loan does not qualify for a renewal on a day; undefined where it does (G-CL-15). Misuse, evasion, a restructuring in its watch and every other sign that
 * the borrower is not in order are grounds of a class that is not normal, so that the class tells of all of them (G-CL-02 to G-CL-13).
 * @param amountMinor principal that is to be renewed
 * @param on day of the application, or of the last signature
 */
export function faultOfRenewal(
  account: LoanAccount,
  { amountMinor, on }: { readonly amountMinor: bigint; readonly on: IsoDate },
  { classification }: RenewalRules,
): RenewalRefusalCode | undefined {
  // It is owed again where the bank took money back; it is renewed once for all that.
  if (account.renewedByLoanId !== null) return 'RENEWAL_LOAN_NOT_ACTIVE';
  // Without the exemption a loan that is repaid with a new one is special mention at best (G-CL-04).
  if (!classification.renewalExempt) return 'RENEWAL_NOT_OFFERED';
  if (isLate(account, on)) return 'RENEWAL_IN_ARREARS';
  if (account.status !== 'ACTIVE' && account.status !== 'OVERDUE') return 'RENEWAL_LOAN_NOT_ACTIVE';
  if (on >= account.maturesOn) return 'RENEWAL_AFTER_MATURITY';
  if (account.loanClass !== 'NORMAL') return 'RENEWAL_LOAN_NOT_NORMAL';
  return amountMinor > account.outstandingPrincipalMinor ? 'RENEWAL_AMOUNT_TOO_HIGH' : undefined;
}

/** The same for an application that asks for it: it is not asked for long before the maturity. */
export function faultOfAsking(
  account: LoanAccount,
  asked: { readonly amountMinor: bigint; readonly on: IsoDate },
  rules: RenewalRules,
): RenewalRefusalCode | undefined {
  if (account.status === 'OVERDUE') return 'RENEWAL_IN_ARREARS';
  const fault = faultOfRenewal(account, asked, rules);
  if (fault) return fault;
  if (asked.on < addDays(account.maturesOn, -rules.renewal.askDays)) return 'RENEWAL_TOO_EARLY';
  return asked.amountMinor > leftAtMaturity(account) ? 'RENEWAL_AMOUNT_TOO_HIGH' : undefined;
}

/** Principal less the money that is held beyond what falls due before the maturity: that money pays principal then, so that no new loan is needed for it. */
export function leftAtMaturity({ outstandingPrincipalMinor, heldMinor, instalments, maturesOn }: LoanAccount): bigint {
  const before = instalments.filter(({ dueOn }) => dueOn < maturesOn);
  const dueMinor = before.reduce(
    (total, { principalMinor, interestMinor, paidPrincipalMinor, paidInterestMinor, waivedInterestMinor }) =>
      total + principalMinor + interestMinor - paidPrincipalMinor - paidInterestMinor - waivedInterestMinor,
    0n,
  );
  return heldMinor > dueMinor ? outstandingPrincipalMinor - (heldMinor - dueMinor) : outstandingPrincipalMinor;
}

/**
 * The same for a signed contract: what the loan owes on the day beside the renewed principal has been paid in money, so that nothing of it is left, and no money
 * of the borrower either. What the close has found of later days, as the order came late, is not held against a contract that was signed in time.
 * @param account with the class that it had on the day of the signature
 */
export function faultOfSettlement(account: LoanAccount, movement: BookedMovement, rules: RenewalRules): RenewalRefusalCode | undefined {
  const { valueOn: on, amountMinor } = movement;
  const fault = faultOfRenewal(account, { amountMinor, on }, rules);
  if (fault) return fault;
  const settled = { ...account, movements: [...account.movements, movement] };
  // The new loan bears interest from the day on which the old one ends: a later end would ask for the days between twice.
  const { settledOn, heldMinor } = accountAfter(settled, playAccount(settled));
  if (settledOn !== on) return 'RENEWAL_INTEREST_UNPAID';
  return heldMinor > 0n ? 'RENEWAL_AMOUNT_TOO_HIGH' : undefined;
}

function isLate(account: LoanAccount, on: IsoDate): boolean {
  const loan = playAccount({ ...account, movements: account.movements.filter(({ valueOn }) => valueOn <= on) }, on);
  const { penaltyMinor, compoundMinor } = loan.lateChargesOn(on);
  return loan.daysPastDue(on) > 0 || penaltyMinor + compoundMinor > 0n;
}
