import { addDays } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { less, NOTHING_ACCRUED } from '../ledger/accrual-lines.js';
import { accruedDays, type ClassOn } from '../loan/accrue-account.js';
import { readClasses } from '../loan/correct-accrual.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { readAccountsById } from '../loan/read-account.js';
import { provisionOfLoan } from '../provision/provision-of-loan.js';
import type { Share } from './accrue-share.js';
import { addedUp, type DaySum } from './day-sums.js';

/** Loans that are read at a time. */
const PAGE = 500;

function sumOfLoan(account: LoanAccount, { day, isFirst }: Share, classOn: ClassOn): DaySum[] {
  const days = [...accruedDays(account, addDays(day, -1), day, classOn)];
  const today = days.at(-1);
  if (!today) return [];
  const before = isFirst ? undefined : days.at(-2);
  const { principalMinor, receivableMinor, dpd } = today;
  const loanClass = classOn(day);
  const { provision } = policyInForce(policyOf(account.policyVersion).lenderType, day);
  return [
    {
      ...less(today.accrued, before?.accrued ?? NOTHING_ACCRUED),
      ...{
        productCode: account.productCode ?? 'unknown',
        currency: account.currency,
        loanClass,
        isOpening: account.accruesFrom === day && account.disbursedOn < day,
        loans: 1,
      },
      principalMinor,
      receivableMinor,
      provisionMinor: provisionOfLoan({ on: day, maturesOn: account.maturesOn, principalMinor, receivableMinor, loanClass, dpd }, provision),
    },
  ];
}

/** The loans of a share of which more has to be known than their schedules, each played through the day. */
export async function sumPlayed(tx: EventTransaction, share: Share, loanIds: readonly string[]): Promise<DaySum[]> {
  let sums: DaySum[] = [];
  for (let at = 0; at < loanIds.length; at += PAGE) {
    const ids = loanIds.slice(at, at + PAGE);
    const classes = await readClasses(tx, ids);
    const accounts = await readAccountsById(tx, ids);
    sums = addedUp([...sums, ...[...accounts.values()].flatMap((account) => sumOfLoan(account, share, classes(account.loanId)))]);
  }
  return sums;
}
