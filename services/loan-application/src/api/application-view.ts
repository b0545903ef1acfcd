import type { Reason, ReviewStage } from '@millrace/contracts';
import type { ApplicationAnswer, REQUESTED_TERMS, ValuesOf } from '@millrace/contracts/api';
import type { StatusRule } from '@millrace/process';
import type { Application, ScoreResult } from '../application/application.entity.js';
import type { Contract } from '../contract/contract.entity.js';
import type { Drawdown } from '../drawdown/drawdown.entity.js';
import type { Offer } from '../offer/offer.entity.js';
import { offerView } from '../offer/offer-view.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { DRAWDOWN_PROCESS } from '../process/drawdown-process.js';
import { seesScore, shownReasons, type Viewer } from './shown-to.js';

/** An application as the API describes it. */
export type ApplicationView = ApplicationAnswer;

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

function scoreView(score: ScoreResult, viewer: Viewer): NonNullable<ApplicationView['score']> {
  const { pd, grade, riskIndex, limitMinor, bindingCap, rateBps, scorecardId, scorecardSha256, policyVersion } = score;
  const reasons = shownReasons(score.reasons, viewer, 'refusal');
  return { score: score.score, pd, grade, riskIndex, limitMinor, bindingCap, rateBps, reasons, scorecardId, scorecardSha256, policyVersion };
}

function drawdownView({ drawdownId, status, amountMinor, currency, refusal }: Drawdown, viewer: Viewer): NonNullable<ApplicationView['drawdown']> {
  return { drawdownId, status, amountMinor, currency, reasons: refusal ? shownReasons(refusal.reasons, viewer, 'refusal') : [] };
}

function whoActs(application: Application, drawdown: Drawdown | null): StatusRule {
  return drawdown ? DRAWDOWN_PROCESS.rule(drawdown.status) : APPLICATION_PROCESS.rule(application.status);
}

/** An application with what hangs on it. */
export interface ApplicationFile {
  readonly application: Application;
  readonly offer: Offer | null;
  readonly contract: Contract | null;
  readonly drawdown: Drawdown | null;
  /** The open review task. */
  readonly review: { readonly stage: ReviewStage; readonly reasons: readonly Reason[] } | null;
}

/** What is applied for. */
export function requestedTerms({
  productCode,
  requestedAmountMinor,
  currency,
  tenorMonths,
  repaymentMethod,
  purpose,
}: Application): ValuesOf<typeof REQUESTED_TERMS> {
  return { productCode, requestedAmountMinor, currency, tenorMonths, repaymentMethod, purpose };
}

function companyView({
  uscc,
  companyName: name,
  declaredRevenueMinor,
  industryCode,
  declaredEmployees: employees,
  declaredAssetsMinor: assetsMinor,
}: Application): ApplicationView['company'] {
  return { uscc, name, declaredRevenueMinor, industryCode, ...(employees === null ? {} : { employees }), ...(assetsMinor === null ? {} : { assetsMinor }) };
}

/** Builds the view as a viewer may see it; a decline keeps the offer that stood before it. */
export function applicationView({ application, offer, contract, drawdown, review }: ApplicationFile, viewer: Viewer): ApplicationView {
  const { applicationId, status, decision } = application;
  const { waitingFor } = whoActs(application, drawdown);
  return {
    applicationId,
    status,
    ...requestedTerms(application),
    renewsLoanId: application.renewsLoanId,
    company: companyView(application),
    submittedAt: application.submittedAt.toISOString(),
    updatedAt: application.updatedAt.toISOString(),
    deadlineAt: instant(drawdown ? drawdown.deadlineAt : application.deadlineAt),
    waitingFor,
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
    drawdown: drawdown && drawdownView(drawdown, viewer),
    loan: drawdown?.loanStatus ? { loanId: drawdown.loanId, status: drawdown.loanStatus } : null,
    loanId: drawdown?.loanId ?? null,
  };
}
