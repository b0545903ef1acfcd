import { LoanClosed, LoanClosureReversed, newId, RenewalSettled } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { RunningDisbursement } from '../../test/running-disbursement.js';

// Goal: no obligor is promised more than the cap, and what is repaid is freed once (M-DR-01, G-ML-01, G-ML-03: 10,000,000 yuan in the default pack).
// Method: the real service on real PostgreSQL and the real log, with a bank over HTTP; every event is delivered three times.
const running = new RunningDisbursement();
const MILLION_YUAN = 100_000_000n;
const millions = (count: bigint): string => String(count * MILLION_YUAN);

beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());
afterEach(async () => expect(await running.test.parked()).toEqual([]));

test('over the cap by one fen: nothing is reserved, the bank is not told, and the hub hears why', async () => {
  const uscc = 'OVER-THE-CAP';
  const first = await running.order({ uscc, amountMinor: millions(9n) });
  await running.paid(first.applicationId);
  const over = await running.order({ uscc, amountMinor: String(MILLION_YUAN + 1n) });
  expect(await running.payouts(over.applicationId)).toMatchObject([{ status: 'FAILED', reasonCode: 'LIMIT_EXCEEDED', reservation: null, sends: 0 }]);
  expect((await running.test.events(over.applicationId)).map(({ type, payload }) => [type, payload.reasonCode])).toEqual([['failed', 'LIMIT_EXCEEDED']]);
  expect([await running.exposure(uscc), await running.facility(over.loanId)]).toEqual([millions(9n), undefined]);
  const exact = await running.order({ uscc, amountMinor: millions(1n) });
  await running.paid(exact.applicationId);
  expect(await running.exposure(uscc)).toBe(millions(10n));
});

test('one loan over the cap on its own is refused, and leaves no obligor behind', async () => {
  const { applicationId, request } = await running.order({ amountMinor: String(10n * MILLION_YUAN + 1n) });
  expect(await running.payouts(applicationId)).toMatchObject([{ status: 'FAILED', reasonCode: 'LIMIT_EXCEEDED' }]);
  expect(await running.exposure(request.uscc)).toBe('none');
});

test('of loans ordered at the same time only those pass that fit under the cap together', async () => {
  const uscc = 'AT-THE-SAME-TIME';
  const orders = await Promise.all(Array.from({ length: 6 }, () => running.prepare({ uscc, amountMinor: millions(3n) })));
  await Promise.all(orders.map(({ request }) => running.test.deliver(request)));
  const outcomes = await Promise.all(
    orders.map(({ applicationId }) => running.payout(applicationId, ({ status }) => status === 'PAID' || status === 'FAILED')),
  );
  expect(outcomes.map(({ status, reasonCode }) => reasonCode ?? status).sort()).toEqual([...Array(3).fill('LIMIT_EXCEEDED'), ...Array(3).fill('PAID')]);
  expect(await running.exposure(uscc)).toBe(millions(9n));
});

test('an order waits for the other one’s transaction and is held against what that one leaves', async () => {
  const uscc = 'ONE-AFTER-ANOTHER';
  const first = await running.order({ uscc, amountMinor: millions(1n) });
  await running.paid(first.applicationId);
  const second = await running.prepare({ uscc, amountMinor: millions(6n) });
  const other = await running.test.pool.connect();
  let delivered: Promise<void> | undefined;
  try {
    await other.query('begin');
    await other.query('update obligor_exposure set exposure_minor = exposure_minor + $2 where uscc = $1', [uscc, millions(6n)]);
    delivered = running.test.deliver(second.request);
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%with request as%'`;
    await until(async () => (await running.test.pool.query(waiting)).rowCount, 'waiting for the obligor');
    await other.query('commit');
  } finally {
    other.release(true);
  }
  await delivered;
  expect(await running.payouts(second.applicationId)).toMatchObject([{ status: 'FAILED', reasonCode: 'LIMIT_EXCEEDED' }]);
  expect(await running.exposure(uscc)).toBe(millions(7n));
});

test('a payee that is not the application’s own is refused before the bank is told', async () => {
  const stranger = await running.prepare();
  const { applicationId, request } = await running.order({ payeeRecordId: stranger.request.payeeRecordId });
  expect(await running.payouts(applicationId)).toMatchObject([{ status: 'FAILED', reasonCode: 'PAYEE_UNKNOWN', payee: null, sends: 0 }]);
  expect(await running.test.eventTypes(applicationId)).toEqual(['failed']);
  expect(await running.exposure(request.uscc)).toBe('none');
});

test('M-FC-01: a closed loan frees the obligor’s exposure once, and closes its facility; owed again, it counts again; a stranger’s changes nothing', async () => {
  const uscc = 'CLOSED-LOAN';
  const [closed, living] = [await running.order({ uscc, amountMinor: millions(2n) }), await running.order({ uscc, amountMinor: millions(3n) })];
  await Promise.all([running.paid(closed.applicationId), running.paid(living.applicationId)]);
  const { applicationId, loanId } = closed;
  await running.test.deliver(new LoanClosed({ applicationId, loanId }));
  await running.test.deliver(new LoanClosed({ applicationId, loanId }));
  await running.test.deliver(new LoanClosed({ applicationId: newId(), loanId: newId() }));
  expect(await running.exposure(uscc)).toBe(millions(3n));
  expect(await running.facility(loanId)).toEqual({ status: 'CLOSED', committed_minor: '0' });
  expect(await running.facility(living.loanId)).toEqual({ status: 'ACTIVE', committed_minor: millions(3n) });
  expect(await running.payouts(applicationId)).toMatchObject([{ status: 'PAID', reservation: 'REPAID' }]);

  await running.test.deliver(new LoanClosureReversed({ applicationId, loanId }));
  await running.test.deliver(new LoanClosureReversed({ applicationId, loanId }));
  expect(await running.exposure(uscc)).toBe(millions(5n));
  expect(await running.facility(loanId)).toEqual({ status: 'ACTIVE', committed_minor: millions(2n) });
  await running.test.deliver(new LoanClosed({ applicationId, loanId }));
  expect(await running.exposure(uscc)).toBe(millions(3n));
});

test('S18, M-FC-01: the limit of a loan that was renewed passes to the new one: neither counts twice, in whichever order the news comes', async () => {
  for (const isClosedFirst of [false, true]) {
    const uscc = `RENEWED-${isClosedFirst}`;
    const old = await running.order({ uscc, amountMinor: millions(6n) });
    await running.paid(old.applicationId);
    const { tenantId, policyVersion, contractSha256 } = old.request;
    const ids = { applicationId: newId(), loanId: newId(), renewedLoanId: old.loanId, contractId: newId(), settlementId: newId() };
    const renewed = new RenewalSettled({ ...ids, tenantId, uscc, contractSha256, policyVersion, amountMinor: millions(5n) });
    const closed = new LoanClosed({ applicationId: old.applicationId, loanId: old.loanId });
    for (const event of isClosedFirst ? [closed, renewed] : [renewed, closed]) await running.test.deliver(event);
    expect(await running.exposure(uscc)).toBe(millions(5n));
    expect([await running.facility(old.loanId), await running.facility(ids.loanId)]).toMatchObject([
      { status: 'CLOSED', committed_minor: '0' },
      { status: 'ACTIVE', committed_minor: millions(5n) },
    ]);
    // The bank takes back money of the old loan: beside the new one only what it leaves unpaid counts, and nothing where interest alone is owed again.
    const reopened = { applicationId: old.applicationId, loanId: old.loanId };
    for (const [outstandingPrincipalMinor, owedMinor] of [
      ['0', millions(5n)],
      [millions(1n), millions(6n)],
    ] as const) {
      await running.test.deliver(new LoanClosureReversed({ ...reopened, outstandingPrincipalMinor }));
      expect(await running.exposure(uscc)).toBe(owedMinor);
      // The renewal is told once more.
      await running.test.deliver(new RenewalSettled({ ...renewed }));
      expect(await running.exposure(uscc)).toBe(owedMinor);
      await running.test.deliver(new LoanClosed(reopened));
      expect(await running.exposure(uscc)).toBe(millions(5n));
    }
    await running.test.deliver(new LoanClosed({ applicationId: ids.applicationId, loanId: ids.loanId }));
    expect(await running.exposure(uscc)).toBe('0');
  }
});
