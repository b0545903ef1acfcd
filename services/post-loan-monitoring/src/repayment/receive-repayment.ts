import { allocateRepayment, PRINCIPAL_FIRST_ORDER, STANDARD_ORDER, type AllocationLine, type IsoDate, type OpenDue } from '@millrace/finance';
import type { RepaymentParameters } from '@millrace/policy';
import { duesBy, payoffDues, totalOf } from '../loan/dues.js';
import { daysPastDue, isOpen, unpaidInterest, type Instalment, type LoanAccount } from '../loan/loan-account.js';
import { LOAN_PROCESS } from '../loan/loan-process.js';
import { interestIn, principalIn, type Posting } from '../ledger/posting.js';

/** What a movement of money leads to. */
export interface Movement {
  readonly account: LoanAccount;
  /** In order of their value dates. */
  readonly postings: readonly Posting[];
}

/** A transfer of the borrower. */
export interface Receipt {
  readonly amountMinor: bigint;
  readonly receivedOn: IsoDate;
}

type Parameters = Pick<RepaymentParameters, 'principalFirstOverDpd'>;

function withPaid(row: Instalment, lines: readonly AllocationLine[]): Instalment {
  const principalMinor = principalIn(lines, row.number);
  const interestMinor = interestIn(lines, row.number);
  if (principalMinor === 0n && interestMinor === 0n) return row;
  return { ...row, paidPrincipalMinor: row.paidPrincipalMinor + principalMinor, paidInterestMinor: row.paidInterestMinor + interestMinor };
}

/** Spends an amount on dues; the order is that of M-RS-05, with principal first for a loan that is long overdue (M-RS-06). */
function spend(account: LoanAccount, kind: Posting['kind'], amountMinor: bigint, dues: readonly OpenDue[], on: IsoDate, rules: Parameters): Movement {
  const order = daysPastDue(account, on) > rules.principalFirstOverDpd ? PRINCIPAL_FIRST_ORDER : STANDARD_ORDER;
  const { lines, unallocatedMinor } = allocateRepayment(amountMinor, dues, on, order);
  return {
    account: {
      ...account,
      instalments: account.instalments.map((row) => withPaid(row, lines)),
      outstandingPrincipalMinor: account.outstandingPrincipalMinor - principalIn(lines),
      heldMinor: account.heldMinor + (kind === 'REPAYMENT' ? unallocatedMinor : -amountMinor),
      valuedOn: on,
    },
    postings: [{ kind, valueOn: on, amountMinor, lines, unallocatedMinor }],
  };
}

/** Spends what is held, as far as the dues ask for it. */
function spendHeld(account: LoanAccount, dues: readonly OpenDue[], on: IsoDate, rules: Parameters): Movement {
  const { totalMinor } = totalOf(dues);
  const amountMinor = account.heldMinor < totalMinor ? account.heldMinor : totalMinor;
  return amountMinor === 0n ? { account, postings: [] } : spend(account, 'HELD_CREDIT', amountMinor, dues, on, rules);
}

/** A loan of which nothing is owed any more is settled. */
function settleIfPaid(account: LoanAccount): LoanAccount {
  const verdict = LOAN_PROCESS.consult(account.status, 'PaidOff');
  if (verdict.kind !== 'row' || account.instalments.some(isOpen)) return account;
  return { ...account, status: verdict.row.next, settledOn: account.valuedOn };
}

/** Interest of the days that the money is no longer out is not owed (G-PR-10). */
function waiveRest(account: LoanAccount): LoanAccount {
  const instalments = account.instalments.map((row) => {
    const restMinor = unpaidInterest(row);
    return restMinor === 0n ? row : { ...row, waivedInterestMinor: row.waivedInterestMinor + restMinor };
  });
  return { ...account, instalments };
}

/** Lets the money held pay what falls due up to and including a day, each row on its own due date, however late this runs. */
export function applyHeld(account: LoanAccount, through: IsoDate, rules: Parameters): Movement {
  const dueDates = account.instalments.filter((row) => row.dueOn <= through && isOpen(row)).map(({ dueOn }) => dueOn);
  const postings: Posting[] = [];
  let current = account;
  for (const dueOn of dueDates) {
    const step = spendHeld(current, duesBy(current, dueOn), dueOn, rules);
    current = step.account;
    postings.push(...step.postings);
  }
  return { account: settleIfPaid(current), postings };
}

/**
 * Takes a transfer in. What is held already pays its dues first; money that, with what is held, covers the payoff settles the loan; otherwise it pays
 * what is due, and the rest is held and pays on, up to today. A transfer told late counts from its own day, though never from before the last posting.
 */
export function receiveRepayment(account: LoanAccount, receipt: Receipt, today: IsoDate, rules: Parameters): Movement {
  const valueOn = receipt.receivedOn > account.valuedOn ? receipt.receivedOn : account.valuedOn;
  const before = applyHeld(account, valueOn, rules);
  const payoff = payoffDues(before.account, valueOn);
  const { totalMinor } = totalOf(payoff);
  if (totalMinor > 0n && before.account.heldMinor + receipt.amountMinor >= totalMinor) {
    const held = spendHeld(before.account, payoff, valueOn, rules);
    const paid = spend(held.account, 'REPAYMENT', receipt.amountMinor, payoffDues(held.account, valueOn), valueOn, rules);
    return { account: settleIfPaid(waiveRest(paid.account)), postings: [...before.postings, ...held.postings, ...paid.postings] };
  }
  const paid = spend(before.account, 'REPAYMENT', receipt.amountMinor, duesBy(before.account, valueOn), valueOn, rules);
  const after = applyHeld(settleIfPaid(paid.account), today, rules);
  return { account: after.account, postings: [...before.postings, ...paid.postings, ...after.postings] };
}
