import type { LoanStatus } from '@millrace/contracts';
import { APPLICATION_PROCESS } from '@millrace/loan-application/application-process';
import { DRAWDOWN_PROCESS } from '@millrace/loan-application/drawdown-process';
import type { StatusRule } from '@millrace/process';

/** What the hub knows of an application. */
export interface ApplicationBook {
  readonly applicationId: string;
  readonly status: string;
  readonly deadlineAt: Date | null;
  /** Fen, as policy or a person approved it; null before that. */
  readonly approvedMinor: string | null;
  /** Fen of the offer; null where there is none. */
  readonly offeredMinor: string | null;
  /** Loan that the new one renews, so that no money is paid out; null for any other application. */
  readonly renewsLoanId: string | null;
  readonly openTasks: number;
  /** A signature is under way: the deadline waits for it. */
  readonly isSigning: boolean;
  /** Null until the contract is signed. */
  readonly drawdown: DrawdownBook | null;
}

/** What the hub knows of the drawing of the money. */
export interface DrawdownBook {
  readonly status: string;
  readonly deadlineAt: Date | null;
  readonly updatedAt: Date;
  readonly loanId: string;
  /** Standing of the loan as the hub was told; null until the money is out. */
  readonly loanStatus: LoanStatus | null;
}

/** What disbursement knows of one payout. */
export interface PayoutBook {
  readonly payoutId: string;
  readonly loanId: string;
  readonly amountMinor: string;
  readonly status: 'RESERVED' | 'INSTRUCTED' | 'UNKNOWN' | 'PAID' | 'FAILED' | 'RETURNED';
  readonly nextActionAt: Date | null;
  /** Null where it is not paid, or where two persons are asked for its day. */
  readonly paidAt: Date | null;
  readonly updatedAt: Date;
}

/** What monitoring knows of the loan. */
export interface AccountBook {
  readonly loanId: string;
  readonly principalMinor: string;
  readonly status: LoanStatus;
  /** Last posting, or last change of its status. */
  readonly movedAt: Date;
}

/** One application with everything that every service's books say of it. */
export interface LoanFile {
  readonly application: ApplicationBook;
  readonly payouts: readonly PayoutBook[];
  readonly account: AccountBook | undefined;
}

/** The time that the books are held against. */
export interface Moment {
  readonly now: Date;
  readonly graceMs: number;
}

const isOver = (at: Date, { now, graceMs }: Moment): boolean => now.getTime() - at.getTime() > graceMs;
/** The money has left; it may have come back. */
const wasPaid = ({ status, paidAt }: PayoutBook): boolean => status === 'PAID' || paidAt !== null;
const isLive = ({ status }: PayoutBook): boolean => status === 'RESERVED' || status === 'INSTRUCTED' || status === 'UNKNOWN';

/** Every application is at an end, or waits for a named party within its deadline (M-AP-03, R-IT-06); so is its drawdown, which there is once the contract is signed. */
export function waitingFaults({ application, payouts }: LoanFile, moment: Moment): string[] {
  const { status, drawdown } = application;
  if (!APPLICATION_PROCESS.knows(status)) return [`has the status ${status}, which the process does not know`];
  const signed = APPLICATION_PROCESS.table.rows.some((row) => row.on === 'ContractSigned' && row.next === status);
  if (!drawdown) return [...(signed ? [`is ${status} and has no drawdown`] : []), ...ruleFaults(status, APPLICATION_PROCESS.rule(status), application, moment)];
  if (!signed) return [`is ${status} and has a drawdown`];
  if (!DRAWDOWN_PROCESS.knows(drawdown.status)) return [`has a drawdown in ${drawdown.status}, which the process does not know`];
  return [
    ...ruleFaults(drawdown.status, DRAWDOWN_PROCESS.rule(drawdown.status), { ...application, deadlineAt: drawdown.deadlineAt }, moment),
    ...(DRAWDOWN_PROCESS.takes(drawdown.status, 'DisbursementFailed') ? payingFaults(application, drawdown, payouts, moment) : []),
  ];
}

/** Faults of whoever acts next, by the rule of the status that waits for them. */
function ruleFaults(
  status: string,
  { party, deadline, task }: StatusRule,
  { deadlineAt, openTasks, isSigning }: Pick<ApplicationBook, 'deadlineAt' | 'openTasks' | 'isSigning'>,
  moment: Moment,
): string[] {
  const faults: string[] = [];
  if (deadline && deadlineAt === null) faults.push(`waits for ${party} in ${status} without a deadline`);
  if (deadline && deadlineAt && isOver(deadlineAt, moment) && !isSigning) {
    faults.push(`waits for ${party} in ${status}, whose deadline ended on ${deadlineAt.toISOString()} without anything being done`);
  }
  if (task && openTasks !== 1) faults.push(`waits for ${party} in ${status} with ${openTasks} open review tasks`);
  if (!task && openTasks !== 0) faults.push(`has an open review task in ${status}, where nobody decides`);
  return faults;
}

function payingFaults(
  { renewsLoanId }: Pick<ApplicationBook, 'renewsLoanId'>,
  drawdown: DrawdownBook,
  payouts: readonly PayoutBook[],
  moment: Moment,
): string[] {
  if (renewsLoanId !== null) return isOver(drawdown.updatedAt, moment) ? [`waits for the books to settle loan ${renewsLoanId}`] : [];
  const live = payouts.find(isLive);
  if (live) {
    const stuck = live.nextActionAt === null || isOver(live.nextActionAt, moment);
    return stuck ? [`waits for payout ${live.payoutId} in ${live.status}, which nobody takes up`] : [];
  }
  // It waits for two persons, who see it as a held item.
  if (payouts.some(({ status, paidAt }) => status === 'PAID' && paidAt === null)) return [];
  const told = payouts.find(({ updatedAt }) => updatedAt >= drawdown.updatedAt);
  if (!isOver(told?.updatedAt ?? drawdown.updatedAt, moment)) return [];
  return [told ? `waits for the news of payout ${told.payoutId}, which is ${told.status}` : 'waits for disbursement, which knows of no order'];
}

/** What was paid is what was approved and offered, and what is owed is what was paid. */
export function amountFaults({ application, payouts, account }: LoanFile): string[] {
  const { approvedMinor, offeredMinor, renewsLoanId } = application;
  const faults: string[] = [];
  if (renewsLoanId !== null && account && [approvedMinor, offeredMinor].some((minor) => minor !== account.principalMinor))
    faults.push(`loan ${account.loanId} owes ${account.principalMinor} fen, approved were ${approvedMinor ?? 'none'} and offered ${offeredMinor ?? 'none'}`);
  for (const { payoutId, amountMinor } of payouts.filter(wasPaid)) {
    if (amountMinor !== approvedMinor) faults.push(`payout ${payoutId} paid ${amountMinor} fen, approved were ${approvedMinor ?? 'none'}`);
    if (amountMinor !== offeredMinor) faults.push(`payout ${payoutId} paid ${amountMinor} fen, offered were ${offeredMinor ?? 'none'}`);
    if (account && account.principalMinor !== amountMinor) faults.push(`loan ${account.loanId} owes ${account.principalMinor} fen, paid were ${amountMinor}`);
  }
  return faults;
}

/** A loan is paid once, for the drawdown that it comes of, and none lives without its payment. */
export function paymentFaults({ application: { drawdown, status, renewsLoanId }, payouts }: LoanFile, moment: Moment): string[] {
  const paid = payouts.filter(wasPaid);
  const faults: string[] = [];
  if (paid.length > 1) faults.push(`was paid ${paid.length} times: ${paid.map(({ payoutId }) => payoutId).join(', ')}`);
  if (renewsLoanId !== null && paid.length > 0) faults.push(`renews loan ${renewsLoanId} and was paid out besides`);
  if (drawdown?.loanStatus && paid.length === 0 && renewsLoanId === null) faults.push(`is ${drawdown.status} and was never paid`);
  for (const payout of payouts)
    if (payout.loanId !== drawdown?.loanId)
      faults.push(`payout ${payout.payoutId} is for loan ${payout.loanId}, the contract's is ${drawdown?.loanId ?? 'none'}`);
  const mayBePaid = drawdown && DRAWDOWN_PROCESS.knows(drawdown.status) && DRAWDOWN_PROCESS.mayCome(drawdown.status, 'LoanDisbursed');
  for (const { payoutId, updatedAt } of mayBePaid ? [] : paid)
    if (isOver(drawdown?.updatedAt ?? updatedAt, moment)) faults.push(`is ${drawdown?.status ?? status}, and payout ${payoutId} was paid`);
  return faults;
}

/** Every loan that lives has its account, and no other application has one; hub and account say the same of it. */
export function accountFaults({ application: { drawdown, status }, account }: LoanFile, moment: Moment): string[] {
  const told = drawdown?.loanStatus ?? null;
  const standing = drawdown?.status ?? status;
  if (!account) return drawdown && told && isOver(drawdown.updatedAt, moment) ? [`is ${standing} and has no loan account`] : [];
  const faults: string[] = [];
  if (!told) faults.push(`is ${standing} and has the loan account ${account.loanId}`);
  if (account.loanId !== drawdown?.loanId) faults.push(`has the loan account ${account.loanId}, the contract's loan is ${drawdown?.loanId ?? 'none'}`);
  if (told && told !== account.status) {
    // News of the change may be under way.
    if (isOver(account.movedAt, moment)) faults.push(`has a loan that is ${told} for the hub, and its account is ${account.status}`);
  }
  return faults;
}
