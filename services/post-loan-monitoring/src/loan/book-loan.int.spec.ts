import { DAY_COUNTS, newId, REPAYMENT_METHODS } from '@millrace/contracts';
import { buildSchedule } from '@millrace/finance';
import { OTHER_PARTNER, PARTNER, PAYMENT_OFFICER } from '@millrace/testing';
import { activated } from '../../test/loans.js';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';

// Method: the real service on real PostgreSQL and the real log; every event is delivered three times, once under another event id.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(() => monitoring.stop());

test('S01: one account, twelve rows to the cent, one journal entry and one event, however often it is told', async () => {
  const { loanId, applicationId, payoutId } = await monitoring.book();
  expect((await monitoring.test.events(loanId)).map(({ type, payload }) => ({ type, payload }))).toEqual([
    {
      type: 'loan-booked',
      payload: {
        applicationId,
        loanId,
        principalMinor: '30000000',
        instalments: 12,
        instalmentMinor: '2586822',
        totalInterestMinor: '1041859',
        firstDueOn: '2026-04-02',
        maturesOn: '2027-03-02',
      },
    },
  ]);
  const { items, totals } = await monitoring.schedule(loanId);
  expect(items.map(({ totalMinor }: { totalMinor: string }) => totalMinor)).toEqual([...Array<string>(11).fill('2586822'), '2586817']);
  expect(items[0]).toMatchObject({ number: 1, startsOn: '2026-03-02', dueOn: '2026-04-02', interestMinor: '158750', status: 'upcoming' });
  expect(totals).toEqual({ principalMinor: '30000000', interestMinor: '1041859', paidPrincipalMinor: '0', paidInterestMinor: '0', waivedInterestMinor: '0' });
  expect(await monitoring.loan(loanId)).toMatchObject({
    status: 'ACTIVE',
    outstandingPrincipalMinor: '30000000',
    heldMinor: '0',
    dueMinor: '0',
    rateBps: 635,
    dpd: 0,
    nextDue: { number: 1, dueOn: '2026-04-02', totalMinor: '2586822' },
    payoff: { on: '2026-03-02', totalMinor: '30000000', interestMinor: '0', toPayMinor: '30000000' },
    settledOn: null,
  });
  expect(await monitoring.journal(loanId)).toMatchObject({
    items: [
      {
        sourceKind: 'LOAN_BOOKED',
        sourceId: payoutId,
        valueOn: '2026-03-02',
        lines: [
          { account: '1303', debitMinor: '30000000', creditMinor: '0' },
          { account: '1002', debitMinor: '0', creditMinor: '30000000' },
        ],
      },
    ],
    totals: { debitMinor: '30000000', creditMinor: '30000000' },
    balanced: true,
  });
});

test.each(REPAYMENT_METHODS.flatMap((repaymentMethod) => DAY_COUNTS.map((dayCount) => ({ repaymentMethod, dayCount }))))(
  'the schedule stored is the one that the contract promised: $repaymentMethod, $dayCount',
  async ({ repaymentMethod, dayCount }) => {
    const { loanId } = await monitoring.book({ repaymentMethod, dayCount, principalMinor: '50000001', rateBps: 720, tenorMonths: 7 });
    const promised = buildSchedule({
      method: repaymentMethod,
      principalMinor: 50_000_001n,
      annualRatePercent: '7.2',
      instalments: 7,
      disbursedOn: monitoring.today,
      dayCount,
    });
    const { items } = await monitoring.schedule(loanId);
    expect(items).toMatchObject(
      promised.rows.map((row) => ({
        number: row.number,
        dueOn: row.due,
        principalMinor: String(row.principalMinor),
        interestMinor: String(row.interestMinor),
        balanceMinor: String(row.balanceMinor),
      })),
    );
  },
);

test('R-LG-04: a loan keeps the clauses of its contract; one of before has none', async () => {
  const clauses = {
    penaltyUpliftBps: 4_000,
    graceDays: 3,
    compound: true,
    misuseUpliftBps: 8_000,
    prepaymentInterest: 'to_the_day',
    prepaymentEffect: 'shorter_term',
    prepaymentFeeBps: 0,
    holidayCalendar: 'CN',
  } as const;
  const [bound, free] = [await monitoring.book({ clauses }), await monitoring.book()];
  expect((await monitoring.loan(bound.loanId)).clauses).toEqual(clauses);
  expect((await monitoring.loan(free.loanId)).clauses).toBeNull();
  const { rows } = await monitoring.test.pool.query('select 1 from loan where loan_id = $1 and clauses is null', [free.loanId]);
  expect(rows).toHaveLength(1);
});

test('a loan of fewer fen than instalments is due when its first fen is', async () => {
  const { loanId } = await monitoring.book({ principalMinor: '1', rateBps: 0, repaymentMethod: 'equal_principal', tenorMonths: 3 });
  expect((await monitoring.loan(loanId)).nextDue).toMatchObject({ number: 3, totalMinor: '1' });
});

test('R-OP-06: another partner’s loan cannot be told from one that does not exist; staff see those of their tenant', async () => {
  const { loanId } = await monitoring.book();
  const unknown = newId();
  const of = async (path: string) => {
    const { status, body } = await monitoring.test.call('GET', path, OTHER_PARTNER);
    return { status, ...body, instance: '' };
  };
  for (const path of ['', '/schedule', '/repayments']) {
    expect(await of(`/loans/${loanId}${path}`)).toEqual(await of(`/loans/${unknown}${path}`));
    expect(await of(`/loans/${loanId}${path}`)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await monitoring.test.call('GET', `/loans/${loanId}${path}`, AUDITOR)).status).toBe(200);
    expect((await monitoring.test.call('GET', `/loans/${loanId}${path}`, { ...AUDITOR, tenantId: 't2' })).status).toBe(404);
  }
  expect(await monitoring.test.call('GET', `/loans/${loanId}/journal`, PARTNER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect((await monitoring.test.call('GET', `/loans/${loanId}/journal`, PAYMENT_OFFICER)).status).toBe(200);
  expect((await monitoring.test.call('GET', `/loans/${loanId}/journal`, { ...AUDITOR, tenantId: 't2' })).status).toBe(404);
  expect((await monitoring.test.call('GET', '/loans/7', PARTNER)).status).toBe(400);
});

test('SEC-11: a loan that is said to be two different ones, a second loan of one application, and one beyond what a borrower may owe are refused; nothing waits behind them', async () => {
  const loan = await monitoring.book();
  await monitoring.test.deliver(activated({ ...loan, principalMinor: '1' }));
  await monitoring.test.deliver(activated({ ...loan, payoutId: newId() }));
  const second = activated({ applicationId: loan.applicationId });
  await monitoring.test.deliver(second);
  const huge = activated({ principalMinor: '9000000000000' });
  await monitoring.test.deliver(huge);
  const { rows } = await monitoring.test.pool.query<{ reason: string }>('select reason from refused_event order by id');
  const reasons = rows.map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason.includes('is booked already'))).toHaveLength(6);
  expect(reasons.filter((reason) => reason.includes('more than one borrower may owe'))).toHaveLength(2);
  expect(await monitoring.test.parked()).toEqual([]);
  expect((await monitoring.loan(loan.loanId)).principalMinor).toBe('30000000');
  const { rowCount } = await monitoring.test.pool.query('select 1 from loan where loan_id = any($1)', [[second.loanId, huge.loanId]]);
  expect(rowCount).toBe(0);
});

test('a loan under an unknown pack waits for a person', async () => {
  await monitoring.test.deliver(activated({ policyVersion: 'no-such-pack' }));
  expect((await monitoring.test.parked()).some(({ reason }) => reason.includes('no-such-pack'))).toBe(true);
});
