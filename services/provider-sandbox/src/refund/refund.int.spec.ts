import { randomUUID } from 'node:crypto';
import { RunningSandbox } from '../../test/running-sandbox.js';

// Method: the real sandbox; what is settled late goes by the injected clock.
const sandbox = new RunningSandbox();
const LENDER = '9559900000000001';
const order = (digits: string, change: object = {}) => ({
  amountMinor: '700000',
  currency: 'CNY',
  payeeName: '样例商贸有限公司',
  payeeAccount: `990012345678${digits}`,
  payerAccount: LENDER,
  originalReference: 'BT0000000000000001',
  purpose: 'refund of a credit',
  ...change,
});
const refund = (id: string, body: object) => sandbox.call('PUT', `/v1/bank/refunds/${id}`, body);
const debits = async (bankReference: string) =>
  (await sandbox.call('GET', `/v1/bank/statements/${LENDER}?day=2026-03-02&limit=500`)).body.lines.filter(
    (line: { bankReference: string }) => line.bankReference === bankReference,
  );

beforeAll(() => sandbox.start(), 60_000);
afterAll(() => sandbox.stop());

test('R-DB-08, M-RF-01: a refund is one debit on the statement of the lender, however often it is sent', async () => {
  const [id, body] = [randomUUID(), order('0001')];
  const [first, again] = [await refund(id, body), await refund(id, body)];
  expect(first.body).toEqual({
    refundId: id,
    status: 'refunded',
    bankReference: expect.stringMatching(/^RF[0-9A-F]{16}$/),
    refundedAt: sandbox.clock.now().toISOString(),
    reason: null,
  });
  expect([again.body, (await sandbox.call('GET', `/v1/bank/refunds/${id}`)).body]).toEqual([first.body, first.body]);
  expect(await debits(first.body.bankReference)).toMatchObject([
    { direction: 'debit', amountMinor: '700000', remittance: 'refund of a credit', counterpartyAccount: body.payeeAccount },
  ]);
  expect((await refund(id, { ...body, amountMinor: '1' })).body.code).toBe('ID_REUSED');
});

test('what is refused, pending or never seen is on no statement; a late one is shown when it has settled', async () => {
  for (const [digits, reason] of [
    ['9201', 'ACCOUNT_CLOSED'],
    ['9202', 'NAME_MISMATCH'],
  ] as const) {
    const { body } = await refund(randomUUID(), order(digits));
    expect(body).toMatchObject({ status: 'refused', reason, refundedAt: null });
    expect(await debits(body.bankReference)).toEqual([]);
  }
  const [late, lateRefused, never] = [randomUUID(), randomUUID(), randomUUID()];
  const pending = [(await refund(late, order('9203'))).body, (await refund(lateRefused, order('9204'))).body, (await refund(never, order('9205'))).body];
  expect(pending.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  expect(await debits(pending[0].bankReference)).toEqual([]);
  sandbox.clock.advance(60_000);
  const after = await Promise.all([late, lateRefused, never].map(async (id) => (await sandbox.call('GET', `/v1/bank/refunds/${id}`)).body.status));
  expect(after).toEqual(['refunded', 'refused', 'pending']);
  expect(await debits(pending[0].bankReference)).toHaveLength(1);
  expect((await sandbox.call('GET', `/v1/bank/refunds/${randomUUID()}`)).status).toBe(404);
});

test('what is no order is refused', async () => {
  for (const bad of [{ amountMinor: '0' }, { currency: 'USD' }, { payeeName: '' }, { payeeAccount: '1' }, { payerAccount: 'x' }, { originalReference: '' }])
    expect((await refund(randomUUID(), order('0001', bad))).body.code).toBe('VALIDATION_FAILED');
});
