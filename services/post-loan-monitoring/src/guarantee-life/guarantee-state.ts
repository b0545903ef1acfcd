import { GUARANTEE_STATUSES, type GuaranteeStatus } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';

/** What is known of a guarantee and of its loan, from which follows what has become of it. */
export interface GuaranteeFacts {
  readonly kind: 'joint' | 'general';
  /** Last day on which its guarantor can be asked to pay. */
  readonly lapsesOn: IsoDate;
  /** Day on which a court was asked for the borrower's debt within that time, and still is or has decided; null where none was. */
  readonly suedOn: IsoDate | null;
  /** What its guarantor was asked for; null where it was not. */
  readonly claimedMinor: bigint | null;
  /** What its guarantor has paid of the loan, without what the bank took back. */
  readonly paidMinor: bigint;
  /** Day on which nothing was owed any more; null while something is. */
  readonly settledOn: IsoDate | null;
  /** Day from which the claim is somebody else's, and the guarantee with it (Civil Code, article 547); null while it is the lender's. */
  readonly transferredOn: IsoDate | null;
}

/**
 * What has become of a guarantee by the end of a day. It follows from the facts alone, so that whatever becomes known late, or is taken back, leaves it as if it had
 * been known at once: money that the bank takes back makes a released guarantee stand again. Nothing lengthens its time (G-EC-04); who was asked within
 * it stays bound, and of a guarantor who stands after the borrower that is said by the suit against the borrower (G-EC-08).
 */
export function stateOf(facts: GuaranteeFacts, through: IsoDate): GuaranteeStatus {
  const { claimedMinor, paidMinor, settledOn, lapsesOn, transferredOn } = facts;
  if (claimedMinor !== null && (paidMinor >= claimedMinor || (paidMinor > 0n && settledOn !== null))) return 'compensated';
  if (claimedMinor === null && transferredOn !== null && transferredOn <= lapsesOn) return 'transferred';
  if (claimedMinor === null && isLapsed(facts, through) && (settledOn === null || settledOn > lapsesOn)) return 'lapsed';
  // Whether the guarantor's money has ended it may become known on the day itself.
  if (settledOn !== null && claimedMinor !== null && settledOn > through) return 'claimed';
  if (settledOn !== null) return 'released';
  return claimedMinor === null ? 'live' : 'claimed';
}

/** The time in which a guarantor can be asked is over by the end of a day. */
export function isLapsed({ kind, lapsesOn, suedOn }: Pick<GuaranteeFacts, 'kind' | 'lapsesOn' | 'suedOn'>, through: IsoDate): boolean {
  return lapsesOn <= through && (kind === 'joint' || suedOn === null);
}

/** What stands for a loan, of all its guarantees; null where there is none. */
export function guaranteeStatusOf(states: readonly GuaranteeStatus[]): GuaranteeStatus | null {
  return GUARANTEE_STATUSES.find((status) => states.includes(status)) ?? null;
}
