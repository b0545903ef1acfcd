import { randomUUID } from 'node:crypto';
import { RunningSandbox } from '../../test/running-sandbox.js';

// Method: the real sandbox; what is booked goes by the injected clock.
const sandbox = new RunningSandbox();
const ACCOUNT = '9559900000000001';
const LOAN = '0196f2a0-0000-7000-8000-000000000001';
const TRANSFER = {
  account: ACCOUNT,
  amountMinor: '2586822',
  currency: 'CNY',
  payerName: '样例商贸有限公司',
  payerAccount: '9900123412341234',
  remittance: `还款 ${LOAN}`,
};
const pay = (id: string, change: object = {}) => sandbox.call('PUT', `/sandbox/transfers/${id}`, { ...TRANSFER, ...change });
const statement = async (query: string) => (await sandbox.call('GET', `/v1/bank/statements/${ACCOUNT}?${query}`)).body;

beforeAll(() => sandbox.start(), 60_000);
afterAll(() => sandbox.stop());

test('a customer pays, and the statement of the day shows it once, however often the transfer is sent (S16)', async () => {
  const id = randomUUID();
  const [first, again] = [await pay(id), await pay(id)];
  expect([first.status, again.body]).toEqual([200, first.body]);
  const { lines, more } = await statement('day=2026-03-02');
  expect([lines, more]).toEqual([[first.body], false]);
  expect(first.body).toEqual({
    lineId: expect.stringMatching(/^SC[0-9A-F]{16}$/),
    direction: 'credit',
    amountMinor: '2586822',
    currency: 'CNY',
    valueOn: '2026-03-02',
    bookedAt: sandbox.clock.now().toISOString(),
    bankReference: expect.stringMatching(/^BT[0-9A-F]{16}$/),
    counterpartyName: TRANSFER.payerName,
    counterpartyAccount: TRANSFER.payerAccount,
    remittance: TRANSFER.remittance,
    returnOf: null,
  });
  expect((await pay(id, { amountMinor: '1' })).body.code).toBe('ID_REUSED');
  expect((await statement('day=2026-03-01')).lines).toEqual([]);
});

test('pages follow each other by the cursor, also where many pay at once and what comes later is asked for later', async () => {
  const { nextCursor: begin } = await statement('day=2026-03-02&limit=500');
  await Promise.all(Array.from({ length: 25 }, (_, at) => pay(randomUUID(), { bankReference: `R${at}` })));
  const seen: string[] = [];
  let cursor = begin;
  for (let more = true; more;) {
    const page = await statement(`day=2026-03-02&limit=10&cursor=${cursor}`);
    seen.push(...page.lines.map(({ bankReference }: { bankReference: string }) => bankReference));
    ({ nextCursor: cursor, more } = page);
  }
  expect([...seen].sort()).toEqual(Array.from({ length: 25 }, (_, at) => `R${at}`).sort());
  expect(await statement(`day=2026-03-02&cursor=${cursor}`)).toMatchObject({ lines: [], nextCursor: cursor });
  await pay(randomUUID(), { valueOn: '2026-02-27', bankReference: 'LATE' });
  expect((await statement(`day=2026-03-02&cursor=${cursor}`)).lines).toMatchObject([{ bankReference: 'LATE', valueOn: '2026-02-27' }]);
});

test('a payout that names the account it leaves is on its statement once it has settled, and never twice', async () => {
  const payout = { amountMinor: '100', currency: 'CNY', payeeName: '样例', payeeAccount: '88880009004', purpose: `loan ${LOAN}`, payerAccount: ACCOUNT };
  const id = randomUUID();
  await sandbox.call('PUT', `/v1/bank/payouts/${id}`, payout);
  const debits = async () => (await statement('day=2026-03-02&limit=500')).lines.filter(({ direction }: { direction: string }) => direction === 'debit');
  expect(await debits()).toEqual([]);
  sandbox.clock.advance(60_000);
  await Promise.all([debits(), debits()]);
  const { bankReference } = (await sandbox.call('GET', `/v1/bank/payouts/${id}`)).body;
  expect(await debits()).toMatchObject([{ amountMinor: '100', bankReference, counterpartyAccount: '88880009004', remittance: `loan ${LOAN}` }]);
});

describe('R-DB-08: a payout that comes back is a credit that names the payout, once', () => {
  const payout = { amountMinor: '700', currency: 'CNY', payeeName: '样例', payeeAccount: '88880001234', purpose: `loan ${LOAN}`, payerAccount: ACCOUNT };
  const pay = async (change: object = {}) => {
    const payoutId = randomUUID();
    const { body } = await sandbox.call('PUT', `/v1/bank/payouts/${payoutId}`, { ...payout, ...change });
    return { payoutId, reference: body.bankReference as string };
  };
  const today = () => new Date(sandbox.clock.now().getTime() + 28_800_000).toISOString().slice(0, 10);
  const returned = async (reference: string) =>
    (await statement(`day=${today()}&limit=500`)).lines.filter(({ returnOf }: { returnOf: string | null }) => returnOf === reference);
  const giveBack = (id: string, body: object) => sandbox.call('PUT', `/sandbox/payout-returns/${id}`, body);

  test('when it is told to, whole or in part', async () => {
    const [whole, part] = [await pay(), await pay()];
    const id = randomUUID();
    const [first, again] = [await giveBack(id, { payoutId: whole.payoutId }), await giveBack(id, { payoutId: whole.payoutId })];
    expect([first.status, again.body]).toEqual([200, first.body]);
    await giveBack(randomUUID(), { payoutId: part.payoutId, amountMinor: '650' });
    expect(await returned(whole.reference)).toMatchObject([
      { direction: 'credit', amountMinor: '700', bankReference: first.body.bankReference, remittance: `loan ${LOAN}`, valueOn: today() },
    ]);
    expect(await returned(part.reference)).toMatchObject([{ amountMinor: '650' }]);
    expect((await giveBack(randomUUID(), { payoutId: whole.payoutId })).body.code).toBe('ID_REUSED');
    expect((await giveBack(randomUUID(), { payoutId: randomUUID() })).status).toBe(404);
    const refused = await pay({ payeeAccount: '88880009003' });
    expect((await giveBack(randomUUID(), { payoutId: refused.payoutId })).body.code).toBe('PAYOUT_NOT_PAID');
    const { payerAccount: _, ...nowhere } = payout;
    const lost = randomUUID();
    await sandbox.call('PUT', `/v1/bank/payouts/${lost}`, nowhere);
    expect((await giveBack(randomUUID(), { payoutId: lost })).body.code).toBe('PAYOUT_WITHOUT_ACCOUNT');
  });

  test('by itself on the next day, where the account ends so', async () => {
    const { reference } = await pay({ payeeAccount: '88880009008' });
    expect(await returned(reference)).toEqual([]);
    sandbox.clock.advance(86_400_000);
    expect(await returned(reference)).toMatchObject([{ amountMinor: '700', valueOn: today() }]);
  });
});

test('what is no transfer and no question is refused', async () => {
  for (const bad of [{ amountMinor: '0' }, { account: '1' }, { currency: 'USD' }, { payerName: '' }, { valueOn: '2026-02-31' }, { bankReference: 'a b' }])
    expect((await pay(randomUUID(), bad)).body.code).toBe('VALIDATION_FAILED');
  for (const bad of ['', 'day=today', 'day=2026-03-02&cursor=x', 'day=2026-03-02&limit=501'])
    expect((await sandbox.call('GET', `/v1/bank/statements/${ACCOUNT}?${bad}`)).body.code).toBe('VALIDATION_FAILED');
});
