import { until } from '@millrace/testing';
import { CLAUSES } from '../../test/loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Method: the real service with its ticker on real PostgreSQL; the injected clock goes through the loans' months.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await monitoring.stop();
});

const INSTALMENT = 2_586_822n;

test('S01, S16: one year of four loans, in time, held, late and paid off', async () => {
  const { loanId: inTime } = await monitoring.book();
  const { loanId: ahead } = await monitoring.book();
  const { loanId: late } = await monitoring.book();
  const { loanId: early } = await monitoring.book({ rateBps: 720 });
  await monitoring.pay(ahead, 3n * INSTALMENT);
  expect(await monitoring.loan(ahead)).toMatchObject({ heldMinor: '7760466', outstandingPrincipalMinor: '30000000' });

  const { items: rows } = await monitoring.schedule(inTime);
  const { items: earlyRows } = await monitoring.schedule(early);
  for (const { number, dueOn, totalMinor } of rows as { number: number; dueOn: string; totalMinor: string }[]) {
    monitoring.goTo(dueOn);
    expect(await monitoring.loan(inTime)).toMatchObject({ dueMinor: totalMinor, dpd: 0, nextDue: { number } });
    const paid = await monitoring.pay(inTime, totalMinor);
    expect(paid.allocation).toMatchObject({ unallocatedMinor: '0', feesMinor: '0', penaltyMinor: '0' });
    if (number <= 3) {
      // The ticker, not a request, lets the held money pay.
      await until(async () => (await monitoring.schedule(ahead)).items[number - 1].status === 'paid', 'the held money paying');
    } else await monitoring.pay(ahead, totalMinor);
    if (number <= 6) await monitoring.pay(early, earlyRows[number - 1].totalMinor);
    if (number === 6) await payOffTenDaysLater(early);
    if (number === 4) await payLate(late);
  }
  for (const loanId of [inTime, ahead]) {
    expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED', settledOn: '2027-03-02', outstandingPrincipalMinor: '0', heldMinor: '0' });
    const { totals } = await monitoring.schedule(loanId);
    expect(totals).toMatchObject({ paidPrincipalMinor: '30000000', paidInterestMinor: '1041859', waivedInterestMinor: '0' });
    expect((await monitoring.test.eventTypes(loanId)).filter((type) => type === 'loan-settled')).toHaveLength(1);
    expect(await monitoring.journal(loanId)).toMatchObject({
      balanced: true,
      accounts: [
        { account: '1002', balanceMinor: '1041859' },
        // The claim that the closes have made for all loans together.
        { account: '1132', balanceMinor: '-1041859' },
        { account: '1303', balanceMinor: '0' },
        ...(loanId === ahead ? [{ account: '2241', balanceMinor: '0' }] : []),
      ],
    });
  }
}, 240_000);

/** S16: 152,691.66 owed after six instalments at 7.2%; ten days later the payoff costs 305.38 of interest, and the rest is waived (G-PR-10). */
async function payOffTenDaysLater(loanId: string): Promise<void> {
  monitoring.goTo('2026-09-12');
  expect(await monitoring.loan(loanId)).toMatchObject({
    outstandingPrincipalMinor: '15269166',
    dpd: 0,
    payoff: { on: '2026-09-12', principalMinor: '15269166', interestMinor: '30538', totalMinor: '15299704', toPayMinor: '15299704' },
  });
  const paid = await monitoring.pay(loanId, 15_300_000n);
  expect(paid).toMatchObject({
    ...{ settledLoan: true, outstandingPrincipalMinor: '0' },
    allocation: { principalMinor: '15269166', interestMinor: '30538', unallocatedMinor: '296' },
  });
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED', settledOn: '2026-09-12', heldMinor: '296', dueMinor: '0', dpd: 0 });
  const { totals } = await monitoring.schedule(loanId);
  expect(BigInt(totals.paidInterestMinor) + BigInt(totals.waivedInterestMinor)).toBe(1_182_830n);
  expect(paid.waivedInterestMinor).toBe(totals.waivedInterestMinor);
  expect(await monitoring.test.event(loanId, 'loan-settled')).toMatchObject({ payload: { loanId, settledOn: '2026-09-12' } });
}

/** Nothing was paid for four months; on the day of instalment 4 the loan is 91 days past due, so principal goes first (M-RS-06). */
async function payLate(loanId: string): Promise<void> {
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 91, dueMinor: String(4n * INSTALMENT), nextDue: { number: 4 } });
  const first = await monitoring.pay(loanId, 1_000_000n);
  expect(first.allocation).toMatchObject({
    principalMinor: '1000000',
    interestMinor: '0',
    lines: [{ instalment: 1, bucket: 'overduePrincipal', amountMinor: '1000000' }],
  });
  // Shown today, but on the lender's account two days ago: it counts from its own day, and today's money finds instalment 4 alone (F17).
  const second = await monitoring.pay(loanId, 4n * INSTALMENT - 1_000_000n, { valueOn: '2026-06-30' });
  expect(second).toMatchObject({ receivedOn: '2026-06-30', valueOn: '2026-06-30', allocation: { unallocatedMinor: String(INSTALMENT - 1_000_000n) } });
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 0, dueMinor: '0', nextDue: { number: 5 } });
  const { items, balanced } = await monitoring.journal(loanId);
  expect(balanced).toBe(true);
  expect(items.map(({ sourceKind, valueOn }: Record<string, string>) => `${sourceKind} ${valueOn}`)).toEqual([
    'LOAN_BOOKED 2026-03-02',
    'REPAYMENT 2026-07-02',
    'REVERSAL 2026-07-02',
    'REPAYMENT 2026-06-30',
    'HELD_CREDIT 2026-07-02',
    'REPAYMENT 2026-07-02',
  ]);
  expect(items[2].reverses).toBe(items[1].entryId);
  expect(items[5].sourceId).toBe(items[1].sourceId);
}

test('a transfer told late counts from its own day: no day past due, and money of then pays what fell due since', async () => {
  const start = monitoring.today;
  const { loanId } = await monitoring.book();
  monitoring.goTo('2027-05-10');
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 38, disbursedOn: start });
  const paid = await monitoring.pay(loanId, 2n * INSTALMENT, { valueOn: '2027-04-02' });
  expect(paid).toMatchObject({ valueOn: '2027-04-02', allocation: { unallocatedMinor: String(INSTALMENT) } });
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 0, heldMinor: '0' });
  const { items } = await monitoring.journal(loanId);
  expect(items.map(({ sourceKind, valueOn, postedOn }: Record<string, string>) => `${sourceKind} ${valueOn} ${postedOn}`)).toEqual([
    'LOAN_BOOKED 2027-03-02 2027-03-02',
    'REPAYMENT 2027-04-02 2027-05-10',
    'HELD_CREDIT 2027-05-02 2027-05-10',
  ]);
});

/** Clauses of a contract of today; the calendar moves a due date of a holiday. */

test('S17, G-PR-07: an instalment that is 35 days late costs 239.87 of penalty and 14.79 of compound interest, where the contract says so', async () => {
  monitoring.goTo('2027-06-02');
  const [bound, free] = [await monitoring.book({ rateBps: 720, clauses: CLAUSES }), await monitoring.book({ rateBps: 720 })];
  for (const dueOn of ['2027-07-02', '2027-08-02']) {
    monitoring.goTo(dueOn);
    for (const { loanId } of [bound, free]) await monitoring.pay(loanId, '2598569');
  }
  monitoring.goTo('2027-10-07');
  expect(await monitoring.loan(free.loanId)).toMatchObject({ dpd: 35, penaltyMinor: '0', compoundMinor: '0' });
  const { penaltyMinor, compoundMinor, dueMinor, dpd } = await monitoring.loan(bound.loanId);
  expect(dpd).toBe(35);
  // Instalment 4 was due on the second day of the holidays and may be paid on the first working day after them.
  expect([penaltyMinor, compoundMinor]).toEqual(['23987', '1479']);
  expect(dueMinor).toBe(String(2n * 2_598_569n + 23_987n + 1_479n));
  const paid = await monitoring.pay(bound.loanId, dueMinor);
  expect(paid.allocation).toMatchObject({ penaltyMinor: '25466', unallocatedMinor: '0' });
  expect(await monitoring.loan(bound.loanId)).toMatchObject({ dpd: 0, dueMinor: '0', penaltyMinor: '0', compoundMinor: '0' });
});

test('F17: what cost a penalty costs none once it is known that the money had come in time', async () => {
  const { loanId } = await monitoring.book({ disbursedOn: '2026-08-03', rateBps: 720, clauses: CLAUSES });
  monitoring.goTo('2027-10-20');
  const { dueMinor } = await monitoring.loan(loanId);
  expect(await monitoring.pay(loanId, dueMinor)).toMatchObject({ settledLoan: true, allocation: { unallocatedMinor: '0' } });
  const early = await monitoring.pay(loanId, '2598569', { valueOn: '2026-09-03' });
  expect(early).toMatchObject({ valueOn: '2026-09-03', allocation: { penaltyMinor: '0' } });
  const { heldMinor, status } = await monitoring.loan(loanId);
  // Instalment 1 was in time: its money of the late payment is over, with what its lateness had cost.
  expect([status, BigInt(heldMinor) > 2_598_569n]).toEqual(['SETTLED', true]);
  expect((await monitoring.journal(loanId)).balanced).toBe(true);
});
