import type { Reason } from '@millrace/contracts';
import type { Contract } from '../contract/contract.entity.js';
import type { Offer } from '../offer/offer.entity.js';
import { statusRule, type ApplicationStatus, type Waiter } from '../process/loan-process.js';
import type { Application, Decision, ScoreResult } from './application.entity.js';
import { seesScore, shownReasons, type Viewer } from './shown-to.js';

/** An application as the API shows it; amounts are fen as decimal strings, instants are UTC. */
export interface ApplicationView {
  readonly applicationId: string;
  readonly status: ApplicationStatus;
  readonly productCode: string;
  readonly requestedAmountMinor: string;
  readonly currency: string;
  readonly tenorMonths: number;
  readonly repaymentMethod: string;
  readonly purpose: string;
  readonly company: { readonly uscc: string; readonly name: string; readonly declaredRevenueMinor: string; readonly industryCode: string };
  readonly submittedAt: string;
  /** Last change of anything that is shown here. */
  readonly updatedAt: string;
  readonly deadlineAt: string | null;
  readonly waitingFor: Waiter | null;
  readonly decision: (Pick<Decision, 'outcome' | 'tier' | 'decidedAt' | 'amountMinor' | 'rateBps'> & { readonly reasons: readonly Reason[] }) | null;
  /** Null for partners, and for staff who have no part in the decision: model internals are the lender's own. */
  readonly score: Pick<
    ScoreResult,
    'score' | 'pd' | 'grade' | 'riskIndex' | 'limitMinor' | 'bindingCap' | 'rateBps' | 'reasons' | 'scorecardId' | 'scorecardSha256' | 'policyVersion'
  > | null;
  /** Why a person looks at it now; null while none does. */
  readonly review: { readonly stage: string; readonly reasons: readonly Reason[] } | null;
  readonly offer: Record<string, unknown> | null;
  readonly contract: {
    readonly contractId: string;
    readonly contractSha256: string;
    readonly templateVersion: string;
    readonly signedAt: string | null;
  } | null;
  readonly loanId: string | null;
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

function scoreView(score: ScoreResult, viewer: Viewer): NonNullable<ApplicationView['score']> {
  const { pd, grade, riskIndex, limitMinor, bindingCap, rateBps, scorecardId, scorecardSha256, policyVersion } = score;
  const reasons = shownReasons(score.reasons, viewer, 'refusal');
  return { score: score.score, pd, grade, riskIndex, limitMinor, bindingCap, rateBps, reasons, scorecardId, scorecardSha256, policyVersion };
}

/** The offer of the view, and of `GET …/offer`. */
export function offerView(offer: Offer): Record<string, unknown> {
  const { offerId, amountMinor, rateBps, effectiveAnnualRateBps, tenorMonths, repaymentMethod, costSheet } = offer;
  return {
    offerId,
    amountMinor,
    rateBps,
    effectiveAnnualRateBps,
    tenorMonths,
    repaymentMethod,
    expiresAt: instant(offer.expiresAt),
    acceptedAt: instant(offer.acceptedAt),
    costSheet,
  };
}

/** An application with what hangs on it. */
export interface ApplicationFile {
  readonly application: Application;
  readonly offer: Offer | null;
  readonly contract: Contract | null;
  /** The open review task. */
  readonly review: { readonly stage: string; readonly reasons: readonly Reason[] } | null;
}

/** Builds the view as a viewer may see it; a decline keeps the offer that stood before it. */
export function applicationView({ application, offer, contract, review }: ApplicationFile, viewer: Viewer): ApplicationView {
  const {
    applicationId,
    status,
    productCode,
    requestedAmountMinor,
    currency,
    tenorMonths,
    repaymentMethod,
    purpose,
    uscc,
    companyName,
    declaredRevenueMinor,
    industryCode,
    decision,
    loanId,
  } = application;
  return {
    applicationId,
    status,
    productCode,
    requestedAmountMinor,
    currency,
    tenorMonths,
    repaymentMethod,
    purpose,
    company: { uscc, name: companyName, declaredRevenueMinor, industryCode },
    submittedAt: application.submittedAt.toISOString(),
    updatedAt: application.updatedAt.toISOString(),
    deadlineAt: instant(application.deadlineAt),
    waitingFor: statusRule(status).waitingFor,
    decision: decision && {
      outcome: decision.outcome,
      tier: decision.tier,
      decidedAt: decision.decidedAt,
      amountMinor: decision.amountMinor,
      rateBps: decision.rateBps,
      reasons: shownReasons(decision.reasons, viewer, decision.outcome === 'declined' ? 'refusal' : 'review'),
    },
    score: application.score && seesScore(viewer) ? scoreView(application.score, viewer) : null,
    review: review && { stage: review.stage, reasons: shownReasons(review.reasons, viewer, 'review') },
    offer: offer && offerView(offer),
    contract: contract && {
      contractId: contract.contractId,
      contractSha256: contract.contractSha256,
      templateVersion: contract.templateVersion,
      signedAt: instant(contract.signedAt),
    },
    loanId,
  };
}
