import type { Grade, Reason, TaxClass } from '@millrace/contracts';
import type { KeptPolicy } from '@millrace/policy';
import { reasonOf, type CodeFor } from '@millrace/reasons';

/** What the approval matrix (M-AM-01 to M-AM-06) is asked about; every number is compared here, with the policy's, so that the table holds only the routing. */
export interface ApprovalFacts {
  readonly gradeBand: 'auto' | 'lower' | 'committee' | 'reject';
  readonly amountBand: 'none' | 'auto' | 'single' | 'committee' | 'visit';
  readonly fraudBand: 'green' | 'amber' | 'red' | 'missing';
  readonly verification: 'clean' | 'amber' | 'cleared' | 'open';
  readonly indexBand: 'reject' | 'weak' | 'sound' | 'missing';
  readonly bureau: 'clean' | 'thin' | 'adverse';
  readonly lenders: 'few' | 'many' | 'unknown';
  readonly taxClassD: boolean;
  /** A finding says that what was declared is not so, and nobody has cleared it. */
  readonly mismatch: boolean;
  readonly riskyIndustry: boolean;
}

/** What a firing rule of the matrix says. */
export interface MatrixHit {
  readonly tier: 'T1' | 'T2' | 'T3' | 'visit' | 'reject' | 'raise';
  readonly code: CodeFor<'routing'>;
  /** True where a smaller amount would take the rule away: a single approver may then approve up to the authority. */
  readonly byAmount: boolean;
}

/** What is known of an application when its score has come. */
export interface ApprovalInput {
  readonly grade: Grade;
  readonly riskIndex: number | null;
  readonly limitMinor: bigint;
  readonly requestedAmountMinor: bigint;
  readonly productMinMinor: bigint;
  /** Null where verification gave none: never read as green (R-CR-02). */
  readonly fraudScore: number | null;
  readonly verificationOutcome: 'passed' | 'referred' | 'rejected';
  readonly clearedByPerson: boolean;
  readonly amberFindings: number;
  readonly bureauRecordFound: boolean;
  readonly bureauClean: boolean | null;
  readonly ownerBureauClean: boolean | null;
  readonly lenderCount: number | null;
  readonly taxClass: TaxClass | null;
  /** Codes of the amber findings. */
  readonly findings: readonly string[];
  readonly industryCode: string;
}

/** Where an application goes after its score. */
export interface ApprovalDecision {
  readonly route: 'approve' | 'refer' | 'reject';
  /** Tier of the decision: T0 by the engine; T1 a single approver; T2 the committee; T3 a visit before either, or, under releases without a committee, what nobody may approve. */
  readonly tier: 'T0' | 'T1' | 'T2' | 'T3';
  /** Who decides after the visit, where one comes first (T3). */
  readonly decider?: 'T1' | 'T2';
  /** What would be lent: the smallest of request, limit and what may be approved at all for the tier. */
  readonly amountMinor: bigint;
  readonly reasons: readonly Reason[];
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function gradeBand(grade: Grade, { approval }: Pick<KeptPolicy, 'approval'>): ApprovalFacts['gradeBand'] {
  if (approval.autoGrades.includes(grade)) return 'auto';
  if (grade === approval.singleLowerGrade) return 'lower';
  if (grade === approval.committeeLowerGrade) return 'committee';
  if (approval.rejectGrades.includes(grade)) return 'reject';
  throw new Error(`the policy release says nothing of grade ${grade}`);
}

/** Most that a single approver may approve for a grade (M-AM-02); nothing for a committee grade. */
export function singleAuthorityMinor(grade: Grade, policy: KeptPolicy): bigint {
  const band = gradeBand(grade, policy);
  if (band === 'auto') return BigInt(policy.approval.singleMaxMinor);
  return band === 'lower' ? BigInt(policy.approval.singleLowerGradeMaxMinor) : 0n;
}

function amountBand(amountMinor: bigint, input: ApprovalInput, policy: KeptPolicy): ApprovalFacts['amountBand'] {
  if (amountMinor < input.productMinMinor) return 'none';
  if (amountMinor > BigInt(policy.approval.singleMaxMinor)) return 'visit';
  const band = gradeBand(input.grade, policy);
  if (band !== 'committee' && amountMinor > singleAuthorityMinor(input.grade, policy)) return 'committee';
  return amountMinor > BigInt(policy.approval.autoMaxMinor) ? 'single' : 'auto';
}

function bureauBand(input: ApprovalInput): ApprovalFacts['bureau'] {
  if (input.bureauClean === false || input.ownerBureauClean === false) return 'adverse';
  // A missing record is never read as a clean one (R-CR-02).
  return input.bureauRecordFound && input.bureauClean === true ? 'clean' : 'thin';
}

function indexBand(riskIndex: number | null, { approval }: KeptPolicy): ApprovalFacts['indexBand'] {
  if (riskIndex === null) return 'missing';
  if (riskIndex < approval.rejectRiskIndexBelow) return 'reject';
  return riskIndex < approval.autoMinRiskIndex ? 'weak' : 'sound';
}

function fraudBand(fraudScore: number | null, { approval }: KeptPolicy): ApprovalFacts['fraudBand'] {
  if (fraudScore === null) return 'missing';
  if (fraudScore >= approval.fraudRedFrom) return 'red';
  return fraudScore >= approval.fraudGreenBelow ? 'amber' : 'green';
}

function verificationBand(input: ApprovalInput): ApprovalFacts['verification'] {
  if (input.clearedByPerson) return 'cleared';
  if (input.verificationOutcome !== 'passed') return 'open';
  return input.amberFindings > 0 ? 'amber' : 'clean';
}

/** A code of GB/T 4754 has the letter of its section or not; its first two digits name the division. */
function isRisky(
  { industryCode, requestedAmountMinor, limitMinor }: ApprovalInput,
  { visitIndustries, visitIndustryAboveMinor }: KeptPolicy['approval'],
): boolean {
  const division = industryCode.replace(/^[A-Z]/, '').slice(0, 2);
  return visitIndustries.includes(division) && smaller(requestedAmountMinor, limitMinor) > BigInt(visitIndustryAboveMinor);
}

/** The input of the matrix. */
export function approvalFacts(input: ApprovalInput, policy: KeptPolicy): ApprovalFacts {
  const { approval } = policy;
  const lenders = input.lenderCount === null ? 'unknown' : input.lenderCount > approval.autoMaxLenders ? 'many' : 'few';
  return {
    gradeBand: gradeBand(input.grade, policy),
    amountBand: amountBand(smaller(input.requestedAmountMinor, input.limitMinor), input, policy),
    fraudBand: fraudBand(input.fraudScore, policy),
    verification: verificationBand(input),
    indexBand: indexBand(input.riskIndex, policy),
    bureau: bureauBand(input),
    lenders,
    taxClassD: input.taxClass === 'D',
    mismatch: !input.clearedByPerson && input.findings.some((code) => approval.visitFindings.includes(code)),
    riskyIndustry: isRisky(input, approval),
  };
}

const TIERS = ['T0', 'T1', 'T2', 'T3'] as const;

function highestTier(hits: readonly MatrixHit[]): number {
  return hits.reduce((highest, { tier }) => Math.max(highest, (TIERS as readonly string[]).indexOf(tier)), 0);
}

const reasonsOf = (hits: readonly MatrixHit[]): Reason[] => hits.map(({ code }) => reasonOf(code));

/** Who decides where a committee sits: it takes all that is above one approver, and its own grade up to what may be lent of it. */
function decideByPeople(
  input: ApprovalInput,
  hits: readonly MatrixHit[],
  { isVisited, decider }: { readonly isVisited: boolean; readonly decider: 'T1' | 'T2' },
  policy: KeptPolicy,
): ApprovalDecision {
  const proposedMinor = smaller(input.requestedAmountMinor, input.limitMinor);
  const mostMinor = BigInt(policy.approval.committeeLowerGradeMaxMinor);
  const isCapped = gradeBand(input.grade, policy) === 'committee' && proposedMinor > mostMinor;
  return {
    route: 'refer',
    ...(isVisited ? { tier: 'T3', decider } : { tier: decider }),
    amountMinor: isCapped ? mostMinor : proposedMinor,
    reasons: [...reasonsOf(hits), ...(isCapped ? [reasonOf('AMOUNT_CAPPED_TO_GRADE')] : [])],
  };
}

/**
 * Reads the hits of the matrix: any `reject` rejects, with no override; otherwise the highest tier counts, one higher where the index is weak.
 * Where only the amount asks for a committee, a single approver is offered what lies within the authority instead (a counter-offer),
 * since nobody ever approves above it; under releases with a committee it is the committee that is asked.
 */
export function decideApproval(input: ApprovalInput, hits: readonly MatrixHit[], policy: KeptPolicy): ApprovalDecision {
  const proposedMinor = smaller(input.requestedAmountMinor, input.limitMinor);
  const rejecting = hits.filter(({ tier }) => tier === 'reject');
  if (rejecting.length > 0) return { route: 'reject', tier: 'T0', amountMinor: 0n, reasons: reasonsOf(rejecting) };

  const raise = hits.some(({ tier }) => tier === 'raise') ? 1 : 0;
  const tier = Math.min(highestTier(hits) + raise, 3);
  const isVisited = policy.approval.committeeSits && (tier === 3 || hits.some((hit) => hit.tier === 'visit'));
  if (tier === 0 && !isVisited) return { route: 'approve', tier: 'T0', amountMinor: proposedMinor, reasons: [] };

  if (policy.approval.committeeSits) return decideByPeople(input, hits, { isVisited, decider: tier <= 1 ? 'T1' : 'T2' }, policy);
  const withoutAmount = Math.min(highestTier(hits.filter(({ byAmount }) => !byAmount)) + raise, 3);
  const authorityMinor = singleAuthorityMinor(input.grade, policy);
  if (tier > 1 && withoutAmount <= 1 && authorityMinor >= input.productMinMinor) {
    const capped = reasonOf('AMOUNT_CAPPED_TO_AUTHORITY');
    return { route: 'refer', tier: 'T1', amountMinor: smaller(proposedMinor, authorityMinor), reasons: [...reasonsOf(hits), capped] };
  }
  return { route: 'refer', tier: TIERS[tier] as 'T1' | 'T2' | 'T3', amountMinor: proposedMinor, reasons: reasonsOf(hits) };
}
