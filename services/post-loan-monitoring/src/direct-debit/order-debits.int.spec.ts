import { DirectDebitEnded, MoneyReceived, newId, type LoanActivated, type LoanClauses, type PayloadOf } from '@millrace/contracts';
import { PARTNER, PAYMENT_OFFICER, until } from '@millrace/testing';
import { CLAUSES } from '../../test/loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Goal: what falls due on a loan with a mandate is ordered once a try, for what is owed then, and no other loan is ever debited (R-DB-05, R-DB-08, M-DD-01 to
// M-DD-03). Method: the real service; its tickers run in real time and read the suite's clock; every event is delivered three times.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await monitoring.stop();
});

const MANDATE: LoanClauses = { ...CLAUSES, directDebit: { tries: 2, retryDays: 1 } };
const INSTALMENT = '2586822';

const bookWith = (clauses: LoanClauses, change: Partial<PayloadOf<LoanActivated>> = {}): Promise<LoanActivated> => monitoring.book({ clauses, ...change });
const orders = async (loanId: string) => (await monitoring.test.events(loanId)).filter(({ type }) => type === 'instalment-due').map(({ payload }) => payload);
const debits = async (loanId: string) => (await monitoring.test.call('GET', `/loans/${loanId}/debits`, PAYMENT_OFFICER)).body.items;

/** Waits for so many orders of a loan, and returns the newest. */
async function ordered(loanId: string, count = 1): Promise<Record<string, string>> {
  const found = await until(async () => {
    const all = await orders(loanId);
    return all.length >= count ? all : undefined;
  }, `${count} orders of ${loanId}`);
  expect(found).toHaveLength(count);
  return found.at(-1) as Record<string, string>;
}

/** Two looks of the ticker at a loan on which nothing is to be done. */
async function looked(): Promise<void> {
  const probe = await bookWith(MANDATE, { disbursedOn: monitoring.today.replace(/-(\d\d)-/, (_, month) => `-${String(Number(month) - 1).padStart(2, '0')}-`) });
  await monitoring.test.pool.query(
    `insert into debit (loan_id, due_on, try_number, tenant_id, try_on, state, planned_at) select $1, due_on, 9, 't1', $2, 'PLANNED', now() from instalment where loan_id = $1 and number = 1`,
    [probe.loanId, monitoring.today],
  );
  await ordered(probe.loanId);
}

async function ends(order: Record<string, string>, change: Partial<PayloadOf<DirectDebitEnded>>): Promise<void> {
  const { applicationId, loanId, debitId } = order as { applicationId: string; loanId: string; debitId: string };
  await monitoring.test.deliver(new DirectDebitEnded({ applicationId, loanId, debitId, outcome: 'failed', ...change }));
}

/** The statement shows what a debit has collected. */
async function shown({ applicationId, loanId, tenantId }: LoanActivated, amountMinor: string, bankReference: string): Promise<void> {
  const money = { amountMinor, currency: 'CNY', valueOn: monitoring.today, bankReference, bookedAt: monitoring.test.clock.now().toISOString() };
  await monitoring.test.deliver(new MoneyReceived({ storyId: applicationId, applicationId, loanId, tenantId, lineId: newId(), ...money }));
}

test('R-DB-05: on its due date an instalment is ordered once; a loan without a mandate, or signed before there were any, never', async () => {
  const [loan, of2, without, before] = [await bookWith(MANDATE), await bookWith(MANDATE, { tenantId: 't2' }), await bookWith(CLAUSES), await monitoring.book()];
  monitoring.goTo('2026-04-01');
  await looked();
  expect(await orders(loan.loanId)).toEqual([]);
  monitoring.goTo('2026-04-02');
  const order = await ordered(loan.loanId);
  expect(order).toEqual({
    applicationId: loan.applicationId,
    loanId: loan.loanId,
    tenantId: 't1',
    debitId: expect.any(String),
    dueOn: '2026-04-02',
    debitOn: '2026-04-02',
    tryNumber: 1,
    amountMinor: INSTALMENT,
    currency: 'CNY',
  });
  expect(await ordered(of2.loanId)).toMatchObject({ tenantId: 't2', amountMinor: INSTALMENT });
  await looked();
  expect([await orders(without.loanId), await orders(before.loanId), await debits(without.loanId)]).toEqual([[], [], []]);
  expect(await debits(loan.loanId)).toMatchObject([{ debitId: order['debitId'], state: 'ORDERED', amountMinor: INSTALMENT, tryNumber: 1, reasonCode: null }]);
  // Collected, and booked by the statement alone.
  await ends(order, { outcome: 'collected', bankReference: 'DB-1' });
  expect((await monitoring.loan(loan.loanId)).dueMinor).toBe(INSTALMENT);
  await shown(loan, INSTALMENT, 'DB-1');
  expect((await monitoring.loan(loan.loanId)).dueMinor).toBe('0');
  expect(await debits(loan.loanId)).toMatchObject([{ state: 'COLLECTED', bankReference: 'DB-1' }]);
});

test('M-DD-02: a debit that failed is tried again as the contract says, for what is then owed; then no more', async () => {
  const loan = await bookWith(MANDATE, { disbursedOn: '2026-04-02' });
  monitoring.goTo('2026-05-06');
  // 2 May 2026 is in the holidays of Labour Day: the first business day after it is 6 May.
  const first = await ordered(loan.loanId);
  expect(first).toMatchObject({ dueOn: '2026-05-02', debitOn: '2026-05-06', amountMinor: INSTALMENT });
  await ends(first, { reasonCode: 'INSUFFICIENT_FUNDS' });
  expect(await debits(loan.loanId)).toMatchObject([
    { state: 'PLANNED', tryNumber: 2, tryOn: '2026-05-07', amountMinor: null },
    { state: 'FAILED', tryNumber: 1, reasonCode: 'INSUFFICIENT_FUNDS' },
  ]);
  await monitoring.pay(loan.loanId, 1_000_000n);
  monitoring.goTo('2026-05-07');
  const second = await ordered(loan.loanId, 2);
  expect(second).toMatchObject({ dueOn: '2026-05-02', tryNumber: 2, amountMinor: '1586822' });
  expect(second['debitId']).not.toBe(first['debitId']);
  await ends(second, { reasonCode: 'ACCOUNT_CLOSED' });
  monitoring.goTo('2026-05-08');
  await looked();
  expect([await orders(loan.loanId), (await debits(loan.loanId)).map(({ state }: { state: string }) => state)]).toMatchObject([
    { length: 2 },
    ['FAILED', 'FAILED'],
  ]);
});

test('M-DD-02: what the customer has paid by the next try is not debited', async () => {
  const loan = await bookWith(MANDATE, { disbursedOn: '2026-04-11' });
  monitoring.goTo('2026-05-11');
  await ends(await ordered(loan.loanId), { reasonCode: 'INSUFFICIENT_FUNDS' });
  await monitoring.pay(loan.loanId, BigInt(INSTALMENT));
  monitoring.goTo('2026-05-12');
  await until(async () => (await debits(loan.loanId))[0].state === 'CANCELLED', 'the try is cancelled');
  expect(await orders(loan.loanId)).toHaveLength(1);
});

test('M-DD-03: while the outcome of one debit is open no other is ordered; what is collected and not on the statement yet is not debited twice', async () => {
  const loan = await bookWith(MANDATE, { disbursedOn: '2026-04-13' });
  monitoring.goTo('2026-05-13');
  const first = await ordered(loan.loanId);
  monitoring.goTo('2026-06-15');
  await looked();
  expect(await orders(loan.loanId)).toHaveLength(1);
  await ends(first, { outcome: 'collected', bankReference: 'DB-LATE' });
  // Both instalments with what lateness costs, less the first.
  const { dueMinor } = await monitoring.loan(loan.loanId);
  expect(await ordered(loan.loanId, 2)).toMatchObject({ dueOn: '2026-06-13', amountMinor: String(BigInt(dueMinor) - BigInt(INSTALMENT)) });
});

test('days on which nobody was there are made up, and what a stranger says of a debit is refused', async () => {
  const loan = await bookWith(MANDATE, { disbursedOn: '2026-05-16' });
  await monitoring.test.whileDown(async () => monitoring.goTo('2026-06-18'));
  const order = await ordered(loan.loanId);
  expect(order).toMatchObject({ dueOn: '2026-06-16', debitOn: '2026-06-18' });
  await ends({ ...order, debitId: newId() }, { outcome: 'collected', bankReference: 'X' });
  await ends(order, { outcome: 'collected' });
  expect((await monitoring.test.pool.query('select 1 from refused_event')).rowCount).toBeGreaterThan(1);
  expect(await debits(loan.loanId)).toMatchObject([{ state: 'ORDERED' }]);
});

test('debits are for staff of the lender', async () => {
  const { loanId } = await bookWith(MANDATE);
  expect((await monitoring.test.call('GET', `/loans/${loanId}/debits`, PARTNER)).status).toBe(403);
  expect((await monitoring.test.call('GET', `/loans/${loanId}/debits`, { ...PAYMENT_OFFICER, tenantId: 't2' })).status).toBe(404);
});
