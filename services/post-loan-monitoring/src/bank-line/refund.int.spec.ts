import { MoneyReceived, newId, RefundTold, type PayloadOf } from '@millrace/contracts';
import { sayAbout, taskAbout, until } from '@millrace/testing';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { SUSPENSE_MONEY } from './suspense-money.task.js';

// Goal: money in suspense that is given back leaves the books when the bank has sent it, stays while nobody knows, and is asked about again where it was refused
// (R-DB-08, M-RF-01). Method: the real service; every event is delivered three times; the whole ledger after each step.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  expect((await monitoring.trialBalance()).total).toBe('0');
  await monitoring.stop();
});

const AMOUNT = 700_000n;
const kept = async (): Promise<bigint> => -BigInt((await monitoring.trialBalance()).byAccount['2242'] ?? '0');
const suspense = async (lineId: string) =>
  (await monitoring.test.pool.query('select state, return_reference, again_for from suspense where line_id = $1', [lineId])).rows[0];

/** Money that names no loan, or more than a loan can take. */
async function comes(change: Partial<PayloadOf<MoneyReceived>> = {}): Promise<string> {
  const lineId = newId();
  const told = {
    storyId: lineId,
    lineId,
    tenantId: 't1',
    amountMinor: String(AMOUNT),
    currency: 'CNY',
    valueOn: monitoring.today,
    bankReference: `BT-${lineId}`,
  };
  await monitoring.test.deliver(new MoneyReceived({ ...told, bookedAt: monitoring.test.clock.now().toISOString(), ...change }));
  return lineId;
}

async function decide(lineId: string, decision: string, parameters: Record<string, string> = {}): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }, 'open'))!;
  const saying = { decision, parameters, reason: 'BANK_STATEMENT_SEEN' };
  expect(await sayAbout(monitoring.test, SUSPENSE_MONEY, taskId, saying, 'Li Na')).toBe('waiting');
  expect(await suspense(lineId)).toMatchObject({ state: 'open' });
  await sayAbout(monitoring.test, SUSPENSE_MONEY, taskId, saying, 'Wang Wei');
}

/** Gives a line back; answers the order. */
async function ordered(lineId: string): Promise<Record<string, string>> {
  const before = (await monitoring.test.events(lineId)).filter(({ type }) => type === 'refund-ordered').length;
  await decide(lineId, 'refund');
  const orders = await until(async () => {
    const all = (await monitoring.test.events(lineId)).filter(({ type }) => type === 'refund-ordered');
    return all.length > before ? all : undefined;
  }, 'the order');
  expect(orders).toHaveLength(before + 1);
  return orders.at(-1)!.payload as Record<string, string>;
}

const ends = ({ lineId, refundId }: Record<string, string>, change: Partial<PayloadOf<RefundTold>>): Promise<void> =>
  monitoring.test.deliver(new RefundTold({ storyId: lineId!, lineId: lineId!, refundId: refundId!, outcome: 'refunded', ...change }));

test('R-DB-08, R-UW-05: two persons give money back; it leaves the books when the bank has sent it, and not before', async () => {
  const loan = await monitoring.book();
  const before = await kept();
  const lineId = await comes({ loanId: loan.loanId, applicationId: loan.applicationId, amountMinor: '100000000' });
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }, 'open')).toMatchObject({ facts: { why: 'MORE_THAN_OWED' } });
  const order = await ordered(lineId);
  expect(order).toEqual({ storyId: lineId, lineId, tenantId: 't1', refundId: expect.any(String), amountMinor: '100000000', currency: 'CNY' });
  expect([await suspense(lineId), (await kept()) - before]).toEqual([{ state: 'refunding', return_reference: null, again_for: null }, 100_000_000n]);
  // Nobody else can have it, and no report of it waits beside.
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }, 'open')).toBeUndefined();
  expect(await monitoring.report(loan.loanId, 700n, { bankReference: `BT-${lineId}` })).toMatchObject({ status: 409, body: { code: 'MONEY_KEPT_ALREADY' } });
  await ends(order, { outcome: 'unknown' });
  expect([await suspense(lineId), (await kept()) - before]).toMatchObject([{ state: 'refunding' }, 100_000_000n]);
  await ends(order, { bankReference: 'RF-1' });
  expect([await suspense(lineId), await kept()]).toEqual([{ state: 'returned', return_reference: 'RF-1', again_for: null }, before]);
  // What is said later of a refund that has ended changes nothing.
  await ends(order, { outcome: 'refused', reasonCode: 'ACCOUNT_CLOSED' });
  expect([await suspense(lineId), await kept()]).toMatchObject([{ state: 'returned' }, before]);
});

test('R-DB-08: a refused refund is in suspense again with its reason and a task; it is given back anew, or was sent by hand', async () => {
  const before = await kept();
  const lineId = await comes();
  const first = await ordered(lineId);
  await ends(first, { outcome: 'refused', reasonCode: 'ACCOUNT_CLOSED' });
  expect([await suspense(lineId), (await kept()) - before]).toEqual([{ state: 'open', return_reference: null, again_for: 'REFUND_REFUSED' }, AMOUNT]);
  const facts = { why: 'REFUND_REFUSED', refundReasonCode: 'ACCOUNT_CLOSED', amountMinor: String(AMOUNT) };
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }, 'open')).toMatchObject({ facts });
  const second = await ordered(lineId);
  expect(second['refundId']).not.toBe(first['refundId']);
  await ends(second, { outcome: 'refused', reasonCode: 'NAME_MISMATCH' });
  await decide(lineId, 'return', { returnReference: 'BY-HAND-1' });
  await until(async () => (await suspense(lineId)).state === 'returned', 'the return');
  expect(await kept()).toBe(before);
});

test('what a stranger says of a refund is refused, and so is a refund without a reference of the bank', async () => {
  const before = await kept();
  const order = await ordered(await comes());
  const refused = async () => (await monitoring.test.pool.query('select 1 from refused_event')).rowCount!;
  const known = await refused();
  await ends({ ...order, refundId: newId() }, { bankReference: 'X' });
  await ends({ ...order, lineId: await comes() }, { bankReference: 'X' });
  await ends(order, {});
  expect(await refused()).toBeGreaterThan(known + 2);
  expect((await kept()) - before).toBe(2n * AMOUNT);
});

test('R-DB-08: a refund leaves the books on the day on which the bank has sent it, and never before the money came or in days to come', async () => {
  const sent = await ordered(await comes());
  monitoring.goTo('2026-03-06');
  await ends(sent, { bankReference: 'RF-SENT', refundedOn: '2026-03-04' });
  const order = await ordered(await comes());
  await ends(order, { bankReference: 'RF-EARLY', refundedOn: '2026-02-01' });
  const late = await ordered(await comes());
  await ends(late, { bankReference: 'RF-LATE', refundedOn: '2027-01-01' });
  const { rows } = await monitoring.test.pool.query(
    `select value_on::text as day from journal_entry where source_kind = 'SUSPENSE_CLEARED' and source_id = any($1)`,
    [[sent['refundId'], order['refundId'], late['refundId']]],
  );
  expect(rows.map(({ day }) => day).sort()).toEqual(['2026-03-04', '2026-03-06', '2026-03-06']);
});
