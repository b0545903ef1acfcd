import type { ScheduleTerms } from '@millrace/finance';
import { businessDayFrom, policyInForce } from '@millrace/policy';
import type { LoanContract, LoanMovement } from '../src/projection/loan-case.js';
import type { LoanFact } from '../src/projection/loan-facts.js';
import { projectLoan, type LoanStanding, type PaperEntry, type ProjectedCase } from '../src/projection/project-loan.js';

/** 300,000 over twelve months at 7.2%, the loan of the acceptance scenarios. */
export const TERMS: ScheduleTerms = {
  method: 'equal_instalment',
  principalMinor: 30_000_000n,
  annualRatePercent: '7.2',
  instalments: 12,
  disbursedOn: '2026-03-02',
  dayCount: 'periodic',
};
export const CONTRACT: LoanContract = {
  prepaymentInterest: 'to_the_day',
  prepaymentEffect: 'lower_instalment',
  penaltyUpliftBps: 4_000,
  graceDays: 3,
  compound: true,
  prepaymentFeeBps: 0,
  rollsForward: false,
  brokenPeriods: 'actual_days',
};

export interface PaperChange {
  readonly terms?: Partial<ScheduleTerms>;
  readonly contract?: Partial<LoanContract>;
  readonly facts?: readonly LoanFact[];
  readonly movements?: readonly LoanMovement[];
}

export const paperLoan = ({ terms = {}, contract = {}, facts = [], movements = [] }: PaperChange): ProjectedCase => ({
  terms: { ...TERMS, ...terms },
  contract: { ...CONTRACT, ...contract },
  movements,
  facts,
  security: 'unsecured',
  classification: policyInForce('online_microloan', '2026-03-02').classification,
  principalFirstOverDpd: 90,
  businessDayFrom,
});

export const standingOn = (change: PaperChange, on: string): LoanStanding => projectLoan(paperLoan(change), [on]).standings[0]!;
export const repaid = (id: string, valueOn: string, amountMinor: bigint): LoanMovement => ({ id, kind: 'repayment', valueOn, amountMinor });

/** Instalments 1 to n of the loan, each paid on its date. */
export const paidOnTime = (n: number, change: PaperChange = {}): LoanMovement[] =>
  projectLoan(paperLoan(change), [])
    .rows.slice(0, n)
    .map(({ number, dueOn, totalMinor }) => repaid(`r${number}`, dueOn, totalMinor));

/** Debit less credit of each account, of the entries by a day. */
export function netBy(entries: readonly PaperEntry[], through = '9999-12-31'): Record<string, bigint> {
  const net: Record<string, bigint> = {};
  const lines = entries.filter(({ valueOn }) => valueOn <= through).flatMap((entry) => entry.lines);
  for (const { account, debitMinor, creditMinor } of lines) net[account] = (net[account] ?? 0n) + debitMinor - creditMinor;
  return net;
}
