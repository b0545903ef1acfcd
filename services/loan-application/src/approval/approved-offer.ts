import { formatMinor } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import type { Application } from '../application/application.entity.js';
import { makeOffer, offerRulesOf, type OfferDraft } from '../offer/make-offer.js';
import type { Product } from '../product/product.entity.js';
import type { ApprovalMatrix } from './approval-matrix.js';
import { inputOf } from './decide-score.js';

/** Why an approval is not possible now. */
export interface Obstacle {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/** What people approve: what the engine proposes, or less, or over another time. */
export interface WishedTerms {
  /** Most that may be approved: what the engine proposes. */
  readonly proposedMinor: bigint;
  readonly amountMinor?: bigint | undefined;
  readonly tenorMonths?: number | undefined;
}

/** What an approval is held against. */
export interface ApprovalGrounds {
  readonly matrix: Pick<ApprovalMatrix, 'decide'>;
  readonly lenderName: string;
  /** The product as it is now; undefined where it is not lent any more. */
  readonly product: Pick<Product, 'minTenorMonths' | 'maxTenorMonths'> | undefined;
}

const SCORE_MISSING: Obstacle = {
  code: 'SCORE_MISSING',
  title: 'The firm has no score yet.',
  detail: 'Reject, or wait until the score has come: its figures are added to this task.',
};
const HARD_RULE: Obstacle = {
  code: 'HARD_RULE_STANDS',
  title: 'A rule that nobody may set aside refuses this loan.',
  detail: 'Neither an approver nor the committee can approve it; it can only be rejected.',
};
const SCORE_TOO_OLD: Obstacle = {
  code: 'SCORE_TOO_OLD',
  title: 'The score is too old to carry an offer.',
  detail: 'The application can only be rejected; the firm may apply again and is scored anew.',
};
const OVER_CAP: Obstacle = {
  code: 'ALL_IN_COST_OVER_CAP',
  title: 'All costs together are above the cap on the annual rate.',
  detail: 'The offer may not be made; the application can only be rejected.',
};
const termsFault = (detail: string): Obstacle => ({ code: 'TERMS_NOT_POSSIBLE', title: 'The loan cannot be approved on these terms.', detail });

/** What the cash flow carries over a shorter time: its share of the months, which is less than an annuity of them would be; the other caps know no time. */
function carriedMinor({ score, tenorMonths: asked }: Application, tenorMonths: number): bigint | undefined {
  const cap = score?.caps.find(({ name }) => name === 'dscr');
  return cap && tenorMonths < asked ? (BigInt(cap.amountMinor) * BigInt(tenorMonths)) / BigInt(asked) : undefined;
}

/** What is wrong with terms that differ from the proposed ones: nothing is approved above the proposal and what its caps carry. */
export function wishedTermsFault(
  application: Application,
  { proposedMinor, amountMinor, tenorMonths }: WishedTerms,
  product: ApprovalGrounds['product'],
): Obstacle | undefined {
  if (amountMinor === undefined && tenorMonths === undefined) return undefined;
  if (application.renewsLoanId !== null) return termsFault('A renewal is approved as it was asked for.');
  const least = BigInt(application.productTerms.minAmountMinor);
  const amount = amountMinor ?? proposedMinor;
  if (amount > proposedMinor || amount < least) return termsFault(`From ${formatMinor(least)} to ${formatMinor(proposedMinor)} yuan may be approved.`);
  if (tenorMonths === undefined) return undefined;
  if (!product || tenorMonths < product.minTenorMonths || tenorMonths > product.maxTenorMonths)
    return termsFault(`The product is lent for ${product?.minTenorMonths ?? 0} to ${product?.maxTenorMonths ?? 0} months.`);
  const carried = carriedMinor(application, tenorMonths);
  if (carried !== undefined && amount > carried) return termsFault(`Over ${tenorMonths} months the cash flow carries ${formatMinor(carried)} yuan at most.`);
  return undefined;
}

/** The time of the offer, where it is another one than was asked for. */
export function otherTenor(
  { tenorMonths: asked }: Pick<Application, 'tenorMonths'>,
  { tenorMonths }: Pick<OfferDraft, 'tenorMonths'>,
): { tenorMonths?: number } {
  return tenorMonths === asked ? {} : { tenorMonths };
}

/** What people approve is put to the engine once more: what it refuses by a hard rule no person makes an offer of (M-AM-05), and the price is made anew of the terms. */
export async function approvedOffer(
  application: Application,
  wish: WishedTerms,
  { matrix, lenderName, product: current }: ApprovalGrounds,
  now: Date,
): Promise<{ readonly offer: OfferDraft } | { readonly obstacle: Obstacle }> {
  const { verification, score, repaymentMethod, productTerms: product, signBefore, policyVersion } = application;
  if (!score) return { obstacle: SCORE_MISSING };
  const { route } = await matrix.decide(inputOf(application, score), policyOf(policyVersion));
  if (route === 'reject' || verification?.outcome === 'rejected') return { obstacle: HARD_RULE };
  const fault = wishedTermsFault(application, wish, current);
  if (fault) return { obstacle: fault };
  const { proposedMinor, amountMinor = proposedMinor, tenorMonths = application.tenorMonths } = wish;
  const { offer, overCap } = makeOffer(
    { amountMinor, rateBps: score.rateBps, tenorMonths, repaymentMethod, product, signBefore, lenderName, scoredAt: new Date(score.scoredAt) },
    offerRulesOf(policyVersion, now),
    now,
  );
  if (offer.expiresAt <= now) return { obstacle: SCORE_TOO_OLD };
  return overCap ? { obstacle: OVER_CAP } : { offer };
}
