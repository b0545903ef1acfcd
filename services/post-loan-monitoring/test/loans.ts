import { LoanActivated, newId, type PayloadOf } from '@millrace/contracts';
import { buildSchedule, percentOfBps } from '@millrace/finance';
import { EMPTY_CHAIN } from '@millrace/process';
import type { LoanAccount } from '../src/loan/loan-account.js';

/** S01: 300,000.00 over twelve months at 6.35%, paid out on 2 March 2026. */
export function activated(change: Partial<PayloadOf<LoanActivated>> = {}): LoanActivated {
  return new LoanActivated({
    applicationId: newId(),
    loanId: newId(),
    contractId: newId(),
    payoutId: newId(),
    tenantId: 't1',
    partnerId: 'partner-1',
    uscc: '91990100MA0TE00010',
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
    principalMinor: schedule.principalMinor,
    maturesOn: schedule.rows.at(-1)!.due,
    instalmentMinor: schedule.instalmentMinor,
    totalInterestMinor: schedule.totalInterestMinor,
    bookedAt: '2026-03-02T01:00:00.000Z',
    status: 'ACTIVE',
    outstandingPrincipalMinor: schedule.principalMinor,
    heldMinor: 0n,
    valuedOn: loan.disbursedOn,
    settledOn: null,
    updatedAt: '2026-03-02T01:00:00.000Z',
    historySeq: 1,
    historyHead: EMPTY_CHAIN,
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
