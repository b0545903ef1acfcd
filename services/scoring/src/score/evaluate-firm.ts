import type { FirmFacts, Grade, Reason, ScoringRequested } from '@millrace/contracts';
import { DEFAULT_LENDER, obligorExposureCapMinor, type KeptPolicy, type RiskDimension } from '@millrace/policy';
import { computeRiskIndex, type RiskBand } from '../index/risk-index.js';
import type { BatchEvidence } from '../invoices/batch-evidence.js';
import { computeLimit, type CapName, type Limit } from '../limit/limit.js';
import { computePrice, type Price } from '../price/price.js';
import { evaluateScorecard } from '../scorecard/evaluate-scorecard.js';
import { gradeOf } from '../scorecard/master-scale.js';
import type { Contribution, Scorecard } from '../scorecard/scorecard.js';
import { industryCoefficientOf } from './industry-coefficient.js';
import { reasonsOf } from './reasons-of.js';

/** Everything a score is made of: with the scorecard and the policy that it names, the same inputs give the same result (R-IT-04). */
export interface ScoreInputs {
  readonly request: Pick<
    ScoringRequested,
    'purpose' | 'requestedAmountMinor' | 'productLimitMinor' | 'tenorMonths' | 'repaymentMethod' | 'policyVersion' | 'invoiceConsentId'
  >;
  /** With the provenance of each source (R-CR-09). */
  readonly facts: FirmFacts;
  /** Null for a firm without invoices. */
  readonly invoices: BatchEvidence | null;
  readonly scorecard: { readonly id: string; readonly sha256: string };
  /** SHA-256 (hex) of the policy release. */
  readonly policySha256: string;
  /** Most that one borrower may owe the lender on the day of the score, fen; missing in scores that were stored before lenders had figures of their own. */
  readonly exposureCapMinor?: string;
}

/** A firm's score, limit and price, and how each came about; plain JSON, amounts in fen as text. */
export interface FirmResult {
  readonly score: number;
  readonly pd: string;
  readonly grade: Grade;
  readonly basePoints: number;
  readonly contributions: readonly Contribution[];
  /** Share of the scorecard's inputs that were known, 0 to 1 (R-CR-02). */
  readonly completeness: number;
  readonly riskIndex: {
    readonly value: number;
    readonly band: RiskBand;
    readonly subScores: Readonly<Record<RiskDimension, number | null>>;
    readonly weights: Readonly<Record<RiskDimension, number>>;
  };
  /** What the firm can carry after all caps, whatever it asks for; and the cap that binds it. */
  readonly limitMinor: string;
  readonly bindingCap: CapName;
  /** The same within the request, and what binds that. */
  readonly proposedMinor: string;
  readonly proposalBoundBy: CapName | 'request';
  readonly caps: readonly { readonly name: CapName; readonly amountMinor: string }[];
  /** Caps whose fact is missing, dropped or set to 0 by the policy. */
  readonly missingCaps: readonly CapName[];
  readonly rateBps: number;
  readonly priceParts: Price['parts'];
  readonly reasons: readonly Reason[];
}

function minorOrNull(value: string | null | undefined): bigint | null {
  return value === null || value === undefined ? null : BigInt(value);
}

/** What bound when a score was stored without its cap: the lender's first figures, which its release held then. */
function capOf({ exposureCapMinor }: ScoreInputs, { lenderType, effectiveFrom }: KeptPolicy): bigint {
  return exposureCapMinor === undefined ? obligorExposureCapMinor(lenderType, DEFAULT_LENDER, effectiveFrom) : BigInt(exposureCapMinor);
}

function limitOf(inputs: ScoreInputs, grade: Grade, policy: KeptPolicy): Limit {
  const { request, facts } = inputs;
  return computeLimit(
    {
      grade,
      requestedMinor: BigInt(request.requestedAmountMinor),
      tenorMonths: request.tenorMonths,
      repaymentMethod: request.repaymentMethod,
      revenue12mMinor: minorOrNull(facts.invoicedRevenue12mMinor),
      unsecuredDebtMinor: minorOrNull(facts.unsecuredDebtMinor),
      totalDebtMinor: minorOrNull(facts.totalDebtMinor),
      taxPaid12mMinor: minorOrNull(facts.taxPaid12mMinor),
      taxClass: facts.taxClass ?? null,
      // No source tells which receivables are eligible (M-LM-04), so the policy says what becomes of that cap.
      eligibleReceivablesMinor: null,
      cfads12mMinor: minorOrNull(facts.cfads12mMinor),
      workingCapitalNeedMinor: minorOrNull(facts.workingCapitalNeedMinor),
      bureauRecordFound: facts.bureauRecordFound,
      productMaxMinor: BigInt(request.productLimitMinor),
      regulatoryMaxMinor: capOf(inputs, policy),
      industryCoefficientBps: industryCoefficientOf(facts.industryCode, policy.limit) ?? policy.limit.otherIndustryCoefficientBps,
    },
    policy.limit,
  );
}

function riskIndexOf({ facts, invoices }: ScoreInputs, policy: KeptPolicy): FirmResult['riskIndex'] {
  const index = computeRiskIndex(
    {
      bureauRecordFound: facts.bureauRecordFound,
      bureauClean: facts.bureauClean ?? null,
      lenderCount: facts.lenderCount ?? null,
      monthsInBusiness: facts.monthsInBusiness,
      activeMonthsShare: invoices?.inputs.salesActive12mShare ?? null,
      topBuyerShare: invoices?.inputs.buyerTop1Share12m ?? null,
      salesVoidShare: invoices?.inputs.salesVoid12mRatio ?? null,
      taxClass: facts.taxClass ?? null,
      revenue12mMinor: minorOrNull(facts.invoicedRevenue12mMinor),
      cfads12mMinor: minorOrNull(facts.cfads12mMinor),
      totalDebtMinor: minorOrNull(facts.totalDebtMinor),
      ownerBureauClean: facts.ownerBureauClean ?? null,
      industryCoefficientBps: industryCoefficientOf(facts.industryCode, policy.limit),
    },
    policy.riskIndex,
  );
  return { ...index };
}

/** Scores, limits and prices a firm; pure. Every grade gets all figures, those that are not lent to get the limit 0 (M-GR-02). */
export function evaluateFirm(inputs: ScoreInputs, scorecard: Scorecard, policy: KeptPolicy): FirmResult {
  const { facts, invoices } = inputs;
  const scored = evaluateScorecard(scorecard, { ...invoices?.inputs, monthsInBusiness: facts.monthsInBusiness });
  const grade = gradeOf(scored.score, policy.masterScale);
  const riskIndex = riskIndexOf(inputs, policy);
  const limit = limitOf(inputs, grade, policy);
  const price = computePrice(policy.masterScale.midPdBps[grade], policy.price);
  return {
    score: scored.score,
    pd: scored.pd,
    grade,
    basePoints: scored.basePoints,
    contributions: scored.contributions,
    completeness: scored.completeness,
    riskIndex,
    limitMinor: String(limit.capLimitMinor),
    bindingCap: limit.lowestCap,
    proposedMinor: String(limit.approvedMinor),
    proposalBoundBy: limit.bindingCap,
    caps: limit.caps.map(({ name, amountMinor }) => ({ name, amountMinor: String(amountMinor) })),
    missingCaps: limit.missing,
    rateBps: price.rateBps,
    priceParts: price.parts,
    reasons: reasonsOf(scored.reasonCodes.slice(0, policy.disclosure.topReasons), riskIndex.value, limit, policy),
  };
}
