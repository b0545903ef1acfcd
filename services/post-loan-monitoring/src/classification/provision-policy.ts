import type { LoanClass } from '@millrace/contracts';
import { Exact, roundToMinor } from '@millrace/finance';
import type { ProvisionParameters } from '@millrace/policy';
import { isNonPerforming } from './loan-class.js';

/** Stage of expected loss: twelve months, the whole life, impaired (G-PV-04). */
export type EclStage = 1 | 2 | 3;

export interface StageFacts {
  readonly dpd: number;
  readonly class: LoanClass;
  /** The risk has risen much since the loan was made, by what is known besides days past due. */
  readonly hasRiskRisen: boolean;
}

/** The stage, with what days past due make of it whatever else is known; what is non-performing is impaired. */
export function eclStageOf({ dpd, class: loanClass, hasRiskRisen }: StageFacts, { stage2OverDpd, stage3OverDpd }: ProvisionParameters): EclStage {
  if (dpd > stage3OverDpd || isNonPerforming(loanClass)) return 3;
  return dpd > stage2OverDpd || hasRiskRisen ? 2 : 1;
}

export interface LossFacts {
  readonly stage: EclStage;
  /** Probability of default within twelve months. */
  readonly pdBps: number;
  /** Share that is lost after a default. */
  readonly lgdBps: number;
  /** What is owed at a default. */
  readonly eadMinor: bigint;
  readonly remainingMonths: number;
}

const ONE_BPS = 10_000;
const MONTHS_OF_PD = 12;

/** Probability of default over the horizon of a stage; the life that is left counts as twelve months at least, so that the loss of a life is never below that of a year. */
function defaultShare({ stage, pdBps, remainingMonths }: LossFacts): InstanceType<typeof Exact> {
  const withinYear = new Exact(pdBps).div(ONE_BPS);
  if (stage === 1 || (stage === 2 && remainingMonths <= MONTHS_OF_PD)) return withinYear;
  if (stage === 3) return new Exact(1);
  const survived = new Exact(1).minus(withinYear);
  return new Exact(1).minus(survived.pow(new Exact(remainingMonths).div(MONTHS_OF_PD)));
}

/** Expected loss: PD × LGD × EAD, of twelve months in stage 1, of the life in stage 2, of a default that has come in stage 3 (G-PV-04). */
export function expectedLossMinor(facts: LossFacts): bigint {
  const { lgdBps, eadMinor } = facts;
  return roundToMinor(defaultShare(facts).times(lgdBps).div(ONE_BPS).times(eadMinor.toString()));
}

/** What a loan owes at the end of a day. */
export interface ProvisionedBalance {
  readonly principalMinor: bigint;
  /** Interest that has accrued and is not paid. */
  readonly interestMinor: bigint;
}

/** What the schedule takes its shares of. */
export function provisionBaseMinor({ principalMinor, interestMinor }: ProvisionedBalance, { base }: ProvisionParameters): bigint {
  return base === 'principal' ? principalMinor : principalMinor + interestMinor;
}

const NO_FLOAT = 0;

/** What the schedule asks for: a share by class, which floats for two of them within the bounds of the law (G-PV-01). */
export function scheduleMinor(balance: ProvisionedBalance, loanClass: LoanClass, parameters: ProvisionParameters): bigint {
  const { scheduleBps, substandardFloatBps, doubtfulFloatBps } = parameters;
  const floatBps = { NORMAL: NO_FLOAT, SPECIAL_MENTION: NO_FLOAT, SUBSTANDARD: substandardFloatBps, DOUBTFUL: doubtfulFloatBps, LOSS: NO_FLOAT }[loanClass];
  const share = new Exact(scheduleBps[loanClass])
    .div(ONE_BPS)
    .times(ONE_BPS + floatBps)
    .div(ONE_BPS);
  return roundToMinor(share.times(provisionBaseMinor(balance, parameters).toString()));
}

/** What of schedule and expected loss is booked (M-PV-01). */
export function bookedProvisionMinor(ofScheduleMinor: bigint, ofLossMinor: bigint, { method }: ProvisionParameters): bigint {
  if (method === 'schedule') return ofScheduleMinor;
  if (method === 'ecl') return ofLossMinor;
  return ofScheduleMinor > ofLossMinor ? ofScheduleMinor : ofLossMinor;
}
