import { statusRule, STATUSES, type ProcessStatus } from '@millrace/loan-application/loan-process';

/** What the hub knows of an application. */
export interface ApplicationBook {
  readonly applicationId: string;
  readonly status: string;
  readonly deadlineAt: Date | null;
  readonly updatedAt: Date;
  readonly loanId: string | null;
  /** Fen, as policy or a person approved it; null before that. */
  readonly approvedMinor: string | null;
  /** Fen of the offer; null where there is none. */
  readonly offeredMinor: string | null;
  readonly openTasks: number;
  /** A signature is under way: the deadline waits for it. */
  readonly isSigning: boolean;
}

/** What disbursement knows of one payout. */
export interface PayoutBook {
  readonly payoutId: string;
  readonly loanId: string;
  readonly amountMinor: string;
  readonly status: 'RESERVED' | 'INSTRUCTED' | 'UNKNOWN' | 'PAID' | 'FAILED';
  readonly nextActionAt: Date | null;
  /** Null where it is not paid, or where two persons are asked for its day. */
  readonly paidAt: Date | null;
  readonly updatedAt: Date;
}

/** What monitoring knows of the loan. */
export interface AccountBook {
  readonly loanId: string;
  readonly principalMinor: string;
  readonly status: 'ACTIVE' | 'SETTLED';
  /** Last posting. */
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
const isLive = ({ status }: PayoutBook): boolean => status === 'RESERVED' || status === 'INSTRUCTED' || status === 'UNKNOWN';

/** Every application is at an end, or waits for a named party within its deadline (M-AP-03, R-IT-06). */
export function waitingFaults({ application, payouts }: LoanFile, moment: Moment): string[] {
  const { status, deadlineAt, openTasks, isSigning } = application;
  if (!Object.hasOwn(STATUSES, status) || status === 'NEW') return [`has the status ${status}, which the process does not know`];
  const { party, deadline, review } = statusRule(status as ProcessStatus);
  const faults: string[] = [];
  if (deadline && deadlineAt === null) faults.push(`waits for ${party} in ${status} without a deadline`);
  if (deadline && deadlineAt && isOver(deadlineAt, moment) && !isSigning) {
    faults.push(`waits for ${party} in ${status}, whose deadline ended on ${deadlineAt.toISOString()} without anything being done`);
  }
  if (review && openTasks !== 1) faults.push(`waits for ${party} in ${status} with ${openTasks} open review tasks`);
  if (!review && openTasks !== 0) faults.push(`has an open review task in ${status}, where nobody decides`);
  if (status === 'DISBURSING') faults.push(...payingFaults(application, payouts, moment));
  return faults;
}

function payingFaults(application: ApplicationBook, payouts: readonly PayoutBook[], moment: Moment): string[] {
  const live = payouts.find(isLive);
  if (live) {
    const stuck = live.nextActionAt === null || isOver(live.nextActionAt, moment);
    return stuck ? [`waits for payout ${live.payoutId} in ${live.status}, which nobody takes up`] : [];
  }
  // It waits for two persons, who see it as a held item.
  if (payouts.some(({ status, paidAt }) => status === 'PAID' && paidAt === null)) return [];
  const told = payouts.find(({ updatedAt }) => updatedAt >= application.updatedAt);
  if (!isOver(told?.updatedAt ?? application.updatedAt, moment)) return [];
  return [told ? `waits for the news of payout ${told.payoutId}, which is ${told.status}` : 'waits for disbursement, which knows of no order'];
}

/** What was paid is what was approved and offered, and what is owed is what was paid. */
export function amountFaults({ application, payouts, account }: LoanFile): string[] {
  const { approvedMinor, offeredMinor } = application;
  const faults: string[] = [];
  for (const { payoutId, amountMinor } of payouts.filter(({ status }) => status === 'PAID')) {
    if (amountMinor !== approvedMinor) faults.push(`payout ${payoutId} paid ${amountMinor} fen, approved were ${approvedMinor ?? 'none'}`);
    if (amountMinor !== offeredMinor) faults.push(`payout ${payoutId} paid ${amountMinor} fen, offered were ${offeredMinor ?? 'none'}`);
    if (account && account.principalMinor !== amountMinor) faults.push(`loan ${account.loanId} owes ${account.principalMinor} fen, paid were ${amountMinor}`);
  }
  return faults;
}

/** A loan is paid once, for the application that it belongs to, and none lives without its payment. */
export function paymentFaults({ application, payouts }: LoanFile, moment: Moment): string[] {
  const { status, loanId, updatedAt } = application;
  const paid = payouts.filter((payout) => payout.status === 'PAID');
  const faults: string[] = [];
  if (paid.length > 1) faults.push(`was paid ${paid.length} times: ${paid.map(({ payoutId }) => payoutId).join(', ')}`);
  const lives = status === 'ACTIVE' || status === 'SETTLED';
  if (lives && paid.length === 0) faults.push(`is ${status} and was never paid`);
  for (const payout of payouts)
    if (payout.loanId !== loanId) faults.push(`payout ${payout.payoutId} is for loan ${payout.loanId}, the contract's is ${loanId ?? 'none'}`);
  const mayBePaid = lives || status === 'DISBURSING' || status === 'DISBURSEMENT_REVIEW';
  for (const { payoutId } of mayBePaid ? [] : paid) if (isOver(updatedAt, moment)) faults.push(`is ${status}, and payout ${payoutId} was paid`);
  return faults;
}

/** Every loan that lives has its account, and no other application has one. */
export function accountFaults({ application, account }: LoanFile, moment: Moment): string[] {
  const { status, loanId, updatedAt } = application;
  const lives = status === 'ACTIVE' || status === 'SETTLED';
  if (!account) return lives && isOver(updatedAt, moment) ? [`is ${status} and has no loan account`] : [];
  const faults: string[] = [];
  if (!lives) faults.push(`is ${status} and has the loan account ${account.loanId}`);
  if (account.loanId !== loanId) faults.push(`has the loan account ${account.loanId}, the contract's loan is ${loanId ?? 'none'}`);
  if (status === 'SETTLED' && account.status !== 'SETTLED') faults.push(`is SETTLED, and its loan account is ${account.status}`);
  if (status === 'ACTIVE' && account.status === 'SETTLED' && isOver(account.movedAt, moment)) faults.push('is ACTIVE, and its loan account is SETTLED');
  return faults;
}
