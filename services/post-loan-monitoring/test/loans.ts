import { LoanActivated, newId, type LoanClauses, type PayloadOf } from '@millrace/contracts';
import { buildSchedule, percentOfBps } from '@millrace/finance';
import { EMPTY_CHAIN } from '@millrace/process';
import type { Posting } from '../src/ledger/posting.js';
import type { BookedMovement, LoanAccount } from '../src/loan/loan-account.js';
import { accountAfter, playAccount } from '../src/loan/play-account.js';

/** Clauses of a contract that has all of them. */
export const CLAUSES = {
  prepaymentInterest: 'to_the_day',
  prepaymentEffect: 'shorter_term',
  penaltyUpliftBps: 4_000,
  misuseUpliftBps: 8_000,
  graceDays: 3,
  compound: true,
  prepaymentFeeBps: 0,
  holidayCalendar: 'CN',
} as const satisfies LoanClauses;

/** A firm of its own, so that no loan of a test is classed by another that it knows nothing of (G-CL-10). */
const newFirm = (): string => `91990100${newId().replaceAll('-', '').slice(-10).toUpperCase()}`;

/** S01: 300,000.00 over twelve months at 6.35%, paid out on 2 March 2026. */
export function activated(change: Partial<PayloadOf<LoanActivated>> = {}): LoanActivated {
  return new LoanActivated({
    applicationId: newId(),
    loanId: newId(),
    contractId: newId(),
    payoutId: newId(),
    tenantId: 't1',
    partnerId: 'partner-1',
    uscc: newFirm(),
    principalMinor: '30000000',
    currency: 'CNY',
    rateBps: 635,
    tenorMonths: 12,
    repaymentMethod: 'equal_instalment',
    dayCount: 'periodic',
    disbursedOn: '2026-03-02',
    policyVersion: 'online_microloan.v0',
    ...change,
  });
}

/** The account of such a loan on the day of its booking, for tests of the pure parts. */
export function account(change: Partial<PayloadOf<LoanActivated>> = {}): LoanAccount {
  const loan = activated(change);
  const schedule = buildSchedule({
    method: loan.repaymentMethod,
    principalMinor: BigInt(loan.principalMinor),
    annualRatePercent: percentOfBps(loan.rateBps),
    instalments: loan.tenorMonths,
    disbursedOn: loan.disbursedOn,
    dayCount: loan.dayCount,
  });
  return {
    ...loan,
    clauses: loan.clauses ?? null,
    productCode: loan.productCode ?? null,
    principalMinor: schedule.principalMinor,
    maturesOn: schedule.rows.at(-1)!.due,
    instalmentMinor: schedule.instalmentMinor,
    totalInterestMinor: schedule.totalInterestMinor,
    bookedAt: '2026-03-02T01:00:00.000Z',
    status: 'ACTIVE',
    loanClass: 'NORMAL',
    guaranteeStatus: null,
    outstandingPrincipalMinor: schedule.principalMinor,
    heldMinor: 0n,
    valuedOn: loan.disbursedOn,
    settledOn: null,
    closedOn: null,
    retainUntil: null,
    acceleratedOn: null,
    writtenOffOn: null,
    writeOffId: null,
    transferredOn: null,
    transferId: null,
    transferredTo: null,
    renewsLoanId: null,
    renewedByLoanId: null,
    returnedOn: null,
    returnLineId: null,
    accruesFrom: loan.disbursedOn,
    lateUntil: null,
    accruedThrough: null,
    updatedAt: '2026-03-02T01:00:00.000Z',
    historySeq: 1,
    historyHead: EMPTY_CHAIN,
    movements: [],
    changes: [],
    misuses: [],
    instalments: schedule.rows.map((row, index) => ({
      number: row.number,
      startsOn: schedule.rows[index - 1]?.due ?? loan.disbursedOn,
      dueOn: row.due,
      principalMinor: row.principalMinor,
      interestMinor: row.interestMinor,
      balanceMinor: row.balanceMinor,
      paidPrincipalMinor: 0n,
      paidInterestMinor: 0n,
      waivedInterestMinor: 0n,
    })),
  };
}

/** An account as some movements leave it, and what they changed of its postings. */
export interface Played {
  readonly account: LoanAccount;
  /** Postings that are there now and were not before, in the order of their value dates. */
  readonly postings: readonly Posting[];
  /** Postings of before that are not true any more. */
  readonly undone: readonly Posting[];
}

const textOf = (posting: Posting): string => JSON.stringify(posting, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
const postingsOf = (account: LoanAccount, through: string): Posting[] =>
  playAccount(account, through).postings.filter((posting): posting is Posting => posting.kind !== 'LOAN_BOOKED');

/** Plays an account by other movements, and lets held money pay up to a day; `before` says up to when it had paid already. */
export function replayed(account: LoanAccount, movements: readonly BookedMovement[], through: string, before: string = account.valuedOn): Played {
  const known = { ...account, movements };
  const [was, is] = [postingsOf(account, before), postingsOf(known, through)];
  const without = (postings: readonly Posting[], others: readonly Posting[]): Posting[] => {
    const left = others.map(textOf);
    return postings.filter((posting) => {
      const at = left.indexOf(textOf(posting));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return { account: { ...accountAfter(known, playAccount(known, through)), movements }, postings: without(is, was), undone: without(was, is) };
}

/** A transfer comes in, told on `today`. */
export function receive(account: LoanAccount, amountMinor: bigint, receivedOn: string, today: string = receivedOn): Played {
  const repaymentId = `r${String(account.movements.length).padStart(4, '0')}`;
  return replayed(account, [...account.movements, { repaymentId, valueOn: receivedOn, amountMinor }], today);
}
