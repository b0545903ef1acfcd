import type { IsoDate } from '@millrace/finance';
import { policyInForce, policyOf } from '@millrace/policy';
import { isLapsed } from '../guarantee-life/guarantee-state.js';
import { readKnown, type KnownGuarantee } from '../guarantee-life/follow-guarantees.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import type { Queries } from '../loan/read-account.js';
import { totalOf } from '../projection/due-totals.js';
import type { ClaimGuaranteeDto } from './guarantee.dto.js';
import { dayBefore } from './guarantee-policy.js';

/** Why a guarantor is not asked to pay, by code, for the person who wants it. */
export interface ClaimRefusal {
  readonly code: 'GUARANTEE_LAPSED' | 'GUARANTEE_NOT_LIVE' | 'BORROWER_NOT_SUED' | 'NOT_LATE_ENOUGH' | 'CLAIM_TOO_HIGH';
  readonly detail: string;
}

/** A claim that may be made, with what people are shown of it. */
export interface PossibleClaim {
  readonly guarantee: KnownGuarantee;
  readonly dpd: number;
  readonly dueMinor: bigint;
}

/**
 * Holds a claim on a guarantor against the rules of the day on which it is made (G-EC-04, M-GU-01, G-EC-08).
 * @returns the claim, why it is refused, or undefined where the loan has no such guarantee
 */
export async function judgeClaim(
  queries: Queries,
  account: LoanAccount,
  { guaranteeId, amountMinor }: Pick<ClaimGuaranteeDto, 'guaranteeId' | 'amountMinor'>,
  today: IsoDate,
): Promise<PossibleClaim | ClaimRefusal | undefined> {
  const guarantee = (await readKnown(queries, [account.loanId])).find((one) => one.guaranteeId === guaranteeId);
  if (!guarantee) return undefined;
  const { lapsesOn, state, limitMinor } = guarantee;
  // The day of the lapse is the last one; the close of that day marks what has lapsed, and a claim may come before it.
  if (state === 'lapsed' || (state === 'live' && isLapsed(guarantee, dayBefore(today)))) return { code: 'GUARANTEE_LAPSED', detail: lapsed(lapsesOn) };
  if (state !== 'live') return { code: 'GUARANTEE_NOT_LIVE', detail: `Guarantee ${guaranteeId} is ${state}.` };
  if (guarantee.kind === 'general' && guarantee.suedOn === null)
    return {
      code: 'BORROWER_NOT_SUED',
      detail: `It was to be sued by ${lapsesOn}, and the case is to be on the file of the loan (Civil Code, articles 687 and 693).`,
    };
  const { claimFromDpd } = policyInForce(policyOf(account.policyVersion).lenderType, today).guarantee;
  const loan = playAccount(account);
  const dpd = loan.daysPastDue(today);
  if (dpd < claimFromDpd) return { code: 'NOT_LATE_ENOUGH', detail: `It is ${dpd} days past due; a guarantor is asked from ${claimFromDpd} on.` };
  const dueMinor = totalOf(loan.duesOn(today)).totalMinor;
  if (BigInt(amountMinor) > dueMinor || BigInt(amountMinor) > limitMinor)
    return { code: 'CLAIM_TOO_HIGH', detail: `Due are ${dueMinor} fen, and the limit is ${limitMinor} fen.` };
  return { guarantee, dpd, dueMinor };
}

/** The statute that ends the guarantee; nothing suspends, interrupts or lengthens its time. */
const lapsed = (lapsesOn: IsoDate): string => `It could be claimed until ${lapsesOn} (Civil Code, article 692; G-EC-04); nothing lengthens that time.`;
