import type { IsoDate } from '@millrace/finance';
import { policyInForce, policyOf } from '@millrace/policy';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import type { RequestAccelerationDto } from './acceleration.dto.js';

/** How late a loan is on a day, and whether that is enough for the ground on which it is called in: only lateness itself asks for days (M-RC-01). */
export function latenessOn(
  account: LoanAccount,
  ground: RequestAccelerationDto['ground'],
  today: IsoDate,
): { readonly dpd: number; readonly overDpd: number; readonly isEnough: boolean } {
  const { accelerationOverDpd: overDpd } = policyInForce(policyOf(account.policyVersion).lenderType, today).recovery;
  const dpd = playAccount(account).daysPastDue(today);
  return { dpd, overDpd, isEnough: ground !== 'long_overdue' || dpd > overDpd };
}
