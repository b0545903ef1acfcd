import { randomUUID } from 'node:crypto';
import { RunningSandbox } from '../../test/running-sandbox.js';

// Method: the real sandbox; what is settled late goes by the injected clock.
const sandbox = new RunningSandbox();
const RECEIVER = '9559900000000001';
const LOAN = '0196f2a0-0000-7000-8000-000000000001';
let accounts = 0;
const order = (digits: string, change: object = {}) => ({
  amountMinor: '2586822',
  currency: 'CNY',
  payerName: '样例商贸有限公司',
  payerAccount: `99001234${String((accounts += 1)).padStart(4, '0')}${digits}`,
  receiverAccount: RECEIVER,
  purpose: `loan ${LOAN}`,
  ...change,
});
const debit = (id: string, body: object) => sandbox.call('PUT', `/v1/bank/debits/${id}`, body);
const credits = async (bankReference: string) =>
  (await sandbox.call('GET', `/v1/bank/statements/${RECEIVER}?day=2026-03-02&limit=500`)).body.lines.filter(
    (line: { bankReference: string }) => line.bankReference === bankReference,
  );

beforeAll(() => sandbox.start(), 60_000);
afterAll(() => sandbox.stop());

test('a debit that is collected is one credit on the statement of the lender, however often it is sent (R-DB-08)', async () => {
  const [id, body] = [randomUUID(), order('0001')];
  const [first, again] = [await debit(id, body), await debit(id, body)];
  expect(first.body).toEqual({
    debitId: id,
    status: 'collected',
    bankReference: expect.stringMatching(/^DB[0-9A-F]{16}$/),
    collectedAt: sandbox.clock.now().toISOString(),
    reason: null,
  });
  expect([again.body, (await sandbox.call('GET', `/v1/bank/debits/${id}`)).body]).toEqual([first.body, first.body]);
  const lines = await credits(first.body.bankReference);
  expect(lines).toMatchObject([{ direction: 'credit', amountMinor: '2586822', remittance: `loan ${LOAN}`, counterpartyAccount: body.payerAccount }]);
  expect((await debit(id, { ...body, amountMinor: '1' })).body.code).toBe('ID_REUSED');
});

test('what is refused, pending or never seen is on no statement; a late one is shown when it has settled', async () => {
  const refused = (await debit(randomUUID(), order('9101'))).body;
  expect(refused).toMatchObject({ status: 'refused', reason: 'INSUFFICIENT_FUNDS', collectedAt: null });
  expect(await credits(refused.bankReference)).toEqual([]);
  const late = randomUUID();
  const pending = (await debit(late, order('9104'))).body;
  expect([pending.status, await credits(pending.bankReference)]).toEqual(['pending', []]);
  sandbox.clock.advance(60_000);
  expect((await sandbox.call('GET', `/v1/bank/debits/${late}`)).body.status).toBe('collected');
  expect(await credits(pending.bankReference)).toHaveLength(1);
  expect((await sandbox.call('GET', `/v1/bank/debits/${randomUUID()}`)).status).toBe(404);
});

test('an account that is empty at first is debited the second time', async () => {
  const body = order('9107');
  expect([(await debit(randomUUID(), body)).body.status, (await debit(randomUUID(), body)).body.status]).toEqual(['refused', 'collected']);
});

test('what is no order is refused', async () => {
  for (const bad of [{ amountMinor: '0' }, { currency: 'USD' }, { payerName: '' }, { payerAccount: '1' }, { receiverAccount: 'x' }, { purpose: 7 }])
    expect((await debit(randomUUID(), order('0001', bad))).body.code).toBe('VALIDATION_FAILED');
});
