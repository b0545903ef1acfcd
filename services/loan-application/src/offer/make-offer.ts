import { businessDate, newId, type RepaymentMethod } from '@millrace/contracts';
import type { CostSheetAnswer } from '@millrace/contracts/api';
import { buildSchedule, costSheet, percentOfMinor, type CostSheet } from '@millrace/finance';
import { policyInForce, policyOf, type Policy } from '@millrace/policy';
import { COSTS, fill } from '@millrace/reasons';
import { deadlineAt } from '@millrace/process';
import type { ProductFee, ProductTerms } from '../product/product.entity.js';

/** The all-in cost sheet (综合融资成本) as it is kept and shown: every item with standard and payee, and the rates with all items in (G-PR-01, G-PR-02). */
export type CostSheetView = CostSheetAnswer;

export interface OfferTerms {
  readonly amountMinor: bigint;
  readonly rateBps: number;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly product: ProductTerms;
  readonly lenderName: string;
  /** When the score came that the offer rests on. */
  readonly scoredAt: Date;
  /** When the loan that is to be renewed matures; null or left out for any other application. */
  readonly signBefore?: Date | null;
}

/** An offer that may be issued. */
export interface OfferDraft {
  readonly offerId: string;
  readonly amountMinor: string;
  readonly rateBps: number;
  /** Whole basis points, HALF_UP; the cost sheet has two decimals more. */
  readonly effectiveAnnualRateBps: number;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly costSheet: CostSheetView;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** `635` to `6.35`: a rate of the wire as per cent, without floating point. */
export function percentOfBps(bps: number): string {
  return `${Math.floor(bps / 100)}.${String(bps % 100).padStart(2, '0')}`;
}

/** The lender's Chinese words of a fee, as far as it gave them. */
function chineseOf({ itemZh, payeeZh, standardZh }: ProductFee): Pick<ProductFee, 'itemZh' | 'payeeZh' | 'standardZh'> {
  return { ...(itemZh ? { itemZh } : {}), ...(payeeZh ? { payeeZh } : {}), ...(standardZh ? { standardZh } : {}) };
}

/** @param fees in the order of the sheet, which has the interest before them */
function viewOf(sheet: CostSheet, schedule: ReturnType<typeof buildSchedule>, cap: CostSheetView['cap'], fees: readonly ProductFee[]): CostSheetView {
  return {
    receivedMinor: String(sheet.receivedMinor),
    items: sheet.items.map((item, at) => ({ ...item, ...(at > 0 ? chineseOf(fees[at - 1]!) : {}), totalMinor: String(item.totalMinor) })),
    totalCostMinor: String(sheet.totalCostMinor),
    totalRepaidMinor: String(sheet.totalRepaidMinor),
    nominalAnnualRateBps: sheet.nominalAnnualRateBps,
    effectiveAnnualRateBps: sheet.effectiveAnnualRateBps,
    cap,
    schedule: schedule.rows.map((row) => ({
      number: row.number,
      dueOn: row.due,
      principalMinor: String(row.principalMinor),
      interestMinor: String(row.interestMinor),
      totalMinor: String(row.totalMinor),
      balanceMinor: String(row.balanceMinor),
    })),
    instalmentMinor: String(schedule.instalmentMinor),
  };
}

/** What an offer is held against. */
export type OfferRules = Pick<Policy, 'deadlines' | 'cost'>;

/** Its time is what the application was made under; the cap on all costs binds on the day of the offer, whatever the application was made under (G-PR-03). */
export function offerRulesOf(policyVersion: string, now: Date): OfferRules {
  const { deadlines, lenderType } = policyOf(policyVersion);
  return { deadlines, cost: policyInForce(lenderType, businessDate(now)).cost };
}

/** An offer stands for its own time, and no longer than its score is fresh (M-AP-07) or a renewal can be signed (G-CL-15). */
function offerEnd({ scoredAt, signBefore }: OfferTerms, now: Date, { deadlines }: OfferRules): Date {
  const ends = [deadlineAt('offerDays', now, deadlines), deadlineAt('scoreDays', scoredAt, deadlines), ...(signBefore ? [signBefore] : [])];
  return new Date(Math.min(...ends.map((end) => end.getTime())));
}

/** What a loan on such terms costs, everything included, reckoned from today. */
interface OfferCost {
  readonly schedule: ReturnType<typeof buildSchedule>;
  readonly sheet: CostSheet;
  /** What is held against the cap. */
  readonly testedBps: number;
}

/** Schedule and costs of an offer, as the cap asks for them (M-RS-03). */
export function costOf(terms: Omit<OfferTerms, 'scoredAt'>, capTest: OfferRules['cost']['capTest'], now: Date): OfferCost {
  const { amountMinor, rateBps, tenorMonths, repaymentMethod, product } = terms;
  const percent = percentOfBps(rateBps);
  const disbursedOn = businessDate(now);
  const schedule = buildSchedule({
    method: repaymentMethod,
    principalMinor: amountMinor,
    annualRatePercent: percent,
    instalments: tenorMonths,
    disbursedOn,
    dayCount: product.dayCount,
  });
  const charges = product.fees.map(({ item, payee, standard, bps, when }) => ({
    item,
    payee,
    standard,
    when,
    amountMinor: percentOfMinor(amountMinor, percentOfBps(bps)),
  }));
  const sheet = costSheet({ schedule, lender: terms.lenderName, interestStandard: fill(COSTS.interest, { percent }), charges });
  return { schedule, sheet, testedBps: capTest === 'effective' ? sheet.effectiveAnnualRateBps : sheet.nominalAnnualRateBps };
}

/** Makes an offer with its cost sheet; `overCap` where the all-in rate is above the cap, so that it must not be issued (G-PR-03, G-IL-14, B3). */
export function makeOffer(terms: OfferTerms, rules: OfferRules, now: Date): { offer: OfferDraft; overCap: boolean } {
  const { amountMinor, rateBps, tenorMonths, repaymentMethod, product } = terms;
  const { allInCapBps, capTest } = rules.cost;
  const { schedule, sheet, testedBps } = costOf(terms, capTest, now);
  const offer: OfferDraft = {
    offerId: newId(),
    amountMinor: String(amountMinor),
    rateBps,
    effectiveAnnualRateBps: Math.round(sheet.effectiveAnnualRateBps),
    tenorMonths,
    repaymentMethod,
    costSheet: viewOf(sheet, schedule, { bps: allInCapBps, method: capTest, testedBps }, product.fees),
    issuedAt: now,
    expiresAt: offerEnd(terms, now, rules),
  };
  return { offer, overCap: testedBps > allInCapBps };
}
