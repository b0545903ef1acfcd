import type { AnswerOf, SCHEDULE } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import { accountAfter, playAccount } from './play-account.js';
import { isOpen, type Instalment, type LoanAccount } from './loan-account.js';

/** The whole schedule with what was paid of it, as the API describes it. */
export type ScheduleView = AnswerOf<typeof SCHEDULE>;

function statusOf(
  row: Instalment,
  today: IsoDate,
  { acceleratedOn, transferredOn }: Pick<LoanAccount, 'acceleratedOn' | 'transferredOn'>,
): ScheduleView['items'][number]['status'] {
  if (!isOpen(row)) return 'paid';
  if (transferredOn !== null) return 'transferred';
  const dueOn = acceleratedOn !== null && acceleratedOn < row.dueOn ? acceleratedOn : row.dueOn;
  if (dueOn > today) return 'upcoming';
  return dueOn === today ? 'due' : 'overdue';
}

/** What the borrower has paid of the schedule: that the rows of a sold claim ask for nothing more here is no payment. */
function paidByBorrower(account: LoanAccount): readonly Instalment[] {
  if (account.transferredOn === null) return account.instalments;
  const before = { ...account, transferredOn: null };
  return accountAfter(before, playAccount(before, account.transferredOn)).instalments;
}

export function scheduleView(account: LoanAccount, today: IsoDate): ScheduleView {
  const { loanId } = account;
  const instalments = paidByBorrower(account);
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
      status: statusOf(row, today, account),
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
