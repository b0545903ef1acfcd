import type { IsoDate } from '@millrace/finance';
import { isOpen, type Instalment, type LoanAccount } from './loan-account.js';
import type { Wire } from './wire.js';

/** One row of the schedule. */
export interface InstalmentView extends Wire<Instalment> {
  readonly totalMinor: string;
  readonly status: 'paid' | 'upcoming' | 'due' | 'overdue';
}

function statusOf(row: Instalment, today: IsoDate): InstalmentView['status'] {
  if (!isOpen(row)) return 'paid';
  if (row.dueOn > today) return 'upcoming';
  return row.dueOn === today ? 'due' : 'overdue';
}

/** The whole schedule with what was paid of it. */
export interface ScheduleView {
  readonly loanId: string;
  readonly asOf: IsoDate;
  readonly items: readonly InstalmentView[];
  readonly totals: Wire<Pick<Instalment, 'principalMinor' | 'interestMinor' | 'paidPrincipalMinor' | 'paidInterestMinor' | 'waivedInterestMinor'>>;
}

export function scheduleView({ loanId, instalments }: LoanAccount, today: IsoDate): ScheduleView {
  const sum = (part: (row: Instalment) => bigint): string => String(instalments.reduce((total, row) => total + part(row), 0n));
  return {
    loanId,
    asOf: today,
    items: instalments.map((row) => ({
      number: row.number,
      startsOn: row.startsOn,
      dueOn: row.dueOn,
      principalMinor: String(row.principalMinor),
      interestMinor: String(row.interestMinor),
      totalMinor: String(row.principalMinor + row.interestMinor),
      balanceMinor: String(row.balanceMinor),
      paidPrincipalMinor: String(row.paidPrincipalMinor),
      paidInterestMinor: String(row.paidInterestMinor),
      waivedInterestMinor: String(row.waivedInterestMinor),
      status: statusOf(row, today),
    })),
    totals: {
      principalMinor: sum((row) => row.principalMinor),
      interestMinor: sum((row) => row.interestMinor),
      paidPrincipalMinor: sum((row) => row.paidPrincipalMinor),
      paidInterestMinor: sum((row) => row.paidInterestMinor),
      waivedInterestMinor: sum((row) => row.waivedInterestMinor),
    },
  };
}
