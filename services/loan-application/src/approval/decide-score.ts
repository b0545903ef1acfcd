import { type Reason } from '@millrace/contracts';
import type { TaskFiguresAnswer } from '@millrace/contracts/api';
import { codesFor, openFindings, reasonOf, type CodeFor } from '@millrace/reasons';
import { policyOf } from '@millrace/policy';
import type { Change } from '../application/application-change.js';
import type { OfferDraft } from '../offer/make-offer.js';
import type { Application, Decision, ScoreResult } from '../application/application.entity.js';
import { makeOffer, offerRulesOf } from '../offer/make-offer.js';
import type { ApprovalMatrix } from './approval-matrix.js';
import type { ApprovalDecision, ApprovalInput } from './approval-policy.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** What of an application decides what becomes of its score. */
export type ScoredApplication = Pick<
  Application,
  'policyVersion' | 'productTerms' | 'repaymentMethod' | 'requestedAmountMinor' | 'tenorMonths' | 'verification'
> &
  Partial<Pick<Application, 'signBefore'>>;

/** What the approval matrix reads of an application and its score. */
export function inputOf(application: ScoredApplication, score: ScoreResult): ApprovalInput {
  const { verification, productTerms, requestedAmountMinor } = application;
  const facts = verification?.facts;
  return {
    grade: score.grade,
    riskIndex: score.riskIndex,
    limitMinor: BigInt(score.limitMinor),
    requestedAmountMinor: BigInt(requestedAmountMinor),
    productMinMinor: BigInt(productTerms.minAmountMinor),
    fraudScore: verification?.fraudScore ?? null,
    verificationOutcome: verification?.outcome ?? 'referred',
    clearedByPerson: verification?.clearedByPerson ?? false,
    amberFindings: verification?.findings.filter(({ severity }) => severity === 'amber').length ?? 0,
    bureauRecordFound: facts?.bureauRecordFound ?? false,
    bureauClean: facts?.bureauClean ?? null,
    ownerBureauClean: facts?.ownerBureauClean ?? null,
    lenderCount: facts?.lenderCount ?? null,
    taxClass: facts?.taxClass ?? null,
    findings: verification?.findings.filter(({ severity }) => severity === 'amber').map(({ code }) => code) ?? [],
    industryCode: facts?.industryCode ?? '',
  };
}

/** Code of a cap of the limit engine; one that a newer scoring has and the catalogue has not is told without its name. */
function limitCode(cap: string): CodeFor<'limit' | 'neutral'> {
  const named = `LIMIT_BOUND_BY_${cap.toUpperCase()}`;
  return codesFor('limit').find((code) => code === named) ?? 'AMOUNT_REDUCED';
}

/** Says which cap bound an amount below the one asked for (S07). */
function capReason(application: ScoredApplication, score: ScoreResult, amountMinor: bigint): Reason[] {
  if (amountMinor >= BigInt(application.requestedAmountMinor) || amountMinor !== BigInt(score.limitMinor)) return [];
  return [reasonOf(limitCode(score.bindingCap))];
}

/** Figures that an approver sees, each with where it comes from (R-UW-01). */
function figuresOf(application: ScoredApplication, score: ScoreResult, approval: ApprovalDecision, effectiveAnnualRateBps: number): TaskFiguresAnswer {
  const { scoreId, score: points, pd, grade, riskIndex, limitMinor, bindingCap, caps, rateBps, scorecardId, reasons } = score;
  return {
    requestedAmountMinor: application.requestedAmountMinor,
    proposedAmountMinor: String(approval.amountMinor),
    rateBps,
    effectiveAnnualRateBps,
    scoreId,
    score: points,
    pd,
    grade,
    riskIndex,
    limitMinor,
    bindingCap,
    caps,
    scorecardId,
    scoreReasons: reasons,
    findings: openFindings(application.verification?.findings ?? []),
  };
}

/** Where an application goes that the engine refers, by the tier, once a committee sits. */
const TRIGGERS = { T0: 'ScoredRefer', T1: 'ScoredRefer', T2: 'ScoredCommittee', T3: 'ScoredVisit' } as const;

/** The step that a score makes, with the offer as it is to be stored. */
export type ScoredChange = Change & { readonly offer?: OfferDraft; readonly evidence: StepEvidence };

/** Turns a score into a step of the process: approve by the engine, ask a person, or reject. Pure apart from the table's engine. */
export async function decideScore(
  application: ScoredApplication,
  score: ScoreResult,
  matrix: Pick<ApprovalMatrix, 'decide' | 'sha256'>,
  lenderName: string,
  now: Date,
): Promise<ScoredChange> {
  const policy = policyOf(application.policyVersion);
  const approval = await matrix.decide(inputOf(application, score), policy);
  const evidence: StepEvidence = {
    scoreId: score.scoreId,
    score: score.score,
    grade: score.grade,
    limitMinor: score.limitMinor,
    rateBps: score.rateBps,
    inputsSha256: score.inputsSha256,
    scorecardSha256: score.scorecardSha256,
    matrixSha256: matrix.sha256,
    tier: approval.tier,
  };
  const decision = { tier: 'T0', decidedAt: now.toISOString(), matrixSha256: matrix.sha256 } as const;
  const declined = (stage: Decision['stage'], reason: string, reasons: readonly Reason[]): ScoredChange => ({
    trigger: 'ScoredReject',
    reason,
    evidence,
    patch: { score, decision: { ...decision, outcome: 'declined', stage, amountMinor: null, rateBps: null, reasons } },
  });
  if (approval.route === 'reject')
    return declined('scoring', approval.reasons[0]?.code ?? 'REJECTED', [...approval.reasons, ...score.reasons.slice(0, policy.disclosure.topReasons)]);

  const { tenorMonths, repaymentMethod, productTerms: product } = application;
  const { offer, overCap } = makeOffer(
    {
      amountMinor: approval.amountMinor,
      rateBps: score.rateBps,
      tenorMonths,
      repaymentMethod,
      product,
      lenderName,
      scoredAt: new Date(score.scoredAt),
      signBefore: application.signBefore ?? null,
    },
    offerRulesOf(application.policyVersion, now),
    now,
  );
  if (overCap) {
    return declined('pricing', 'ALL_IN_COST_OVER_CAP', [reasonOf('ALL_IN_COST_OVER_CAP')]);
  }
  const reasons = [...approval.reasons, ...capReason(application, score, approval.amountMinor)];
  const review = {
    tier: approval.tier === 'T0' ? ('T1' as const) : approval.tier,
    reasons,
    ...(approval.decider ? { decider: approval.decider } : {}),
    figures: figuresOf(application, score, approval, offer.effectiveAnnualRateBps),
  };
  if (approval.route === 'refer') {
    const trigger = TRIGGERS[policy.approval.committeeSits ? approval.tier : 'T1'];
    return { trigger, reason: approval.reasons[0]?.code ?? 'REFERRED', evidence, patch: { score }, review };
  }
  return {
    trigger: 'ScoredApprove',
    reason: 'APPROVED_BY_ENGINE',
    evidence,
    review,
    offer,
    patch: { score, decision: { ...decision, outcome: 'approved', stage: 'approval', amountMinor: offer.amountMinor, rateBps: offer.rateBps, reasons } },
  };
}
