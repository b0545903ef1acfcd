import type { LoanClass } from '@millrace/contracts';
import { daysBetween, type IsoDate } from '@millrace/finance';
import type { ProvisionParameters } from '@millrace/policy';
import { bookedProvisionMinor, eclStageOf, expectedLossMinor, scheduleMinor } from '../classification/provision-policy.js';

/** A loan at the end of a day, as far as its provision asks for it. */
export interface ProvisionedLoan {
  readonly on: IsoDate;
  readonly maturesOn: IsoDate;
  readonly principalMinor: bigint;
  /** Earned and not paid, as far as it is income. */
  readonly receivableMinor: bigint;
  readonly loanClass: LoanClass;
  readonly dpd: number;
}

const DAYS_OF_MONTH = 30;

const monthsLeft = (on: IsoDate, maturesOn: IsoDate): number => Math.max(0, Math.ceil(daysBetween(on, maturesOn) / DAYS_OF_MONTH));

/** What is set aside for a loan: the greater of the schedule's share and the expected loss, each of principal and accrued interest (G-PV-01, G-PV-04, M-PV-01). */
export function provisionOfLoan({ on, maturesOn, principalMinor, receivableMinor, loanClass, dpd }: ProvisionedLoan, parameters: ProvisionParameters): bigint {
  const { pdBps, lgdBps } = parameters;
  const stage = eclStageOf({ dpd, class: loanClass, hasRiskRisen: false }, parameters);
  const ofSchedule = scheduleMinor({ principalMinor, interestMinor: receivableMinor }, loanClass, parameters);
  const ofLoss = expectedLossMinor({ stage, pdBps, lgdBps, eadMinor: principalMinor + receivableMinor, remainingMonths: monthsLeft(on, maturesOn) });
  return bookedProvisionMinor(ofSchedule, ofLoss, parameters);
}
