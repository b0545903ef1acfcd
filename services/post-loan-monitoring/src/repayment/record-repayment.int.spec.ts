import { newId } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, type Answer } from '@millrace/testing';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';

// Method: the real service on real PostgreSQL, asked over HTTP as the gateway asks it.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 120_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await monitoring.stop();
});

const repayments = async (loanId: string, by = AUDITOR): Promise<Answer['body']['items']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}/repayments`, by)).body.items;

test('M-EV-07: the same content again gives the first answer, other content is refused, a refused input is not remembered', async () => {
  const { loanId } = await monitoring.book();
  const id = newId();
  expect(await monitoring.pay(loanId, '-5', {}, id)).toMatchObject({ status: 422, body: { code: 'AMOUNT_NEGATIVE', errors: [{ field: 'amountMinor' }] } });
  const first = await monitoring.pay(loanId, 1_000_000n, {}, id);
  expect(first).toMatchObject({
    status: 201,
    body: {
      repaymentId: id,
      duplicateOf: null,
      loanId,
      amountMinor: '1000000',
      receivedOn: '2026-03-02',
      valueOn: '2026-03-02',
      allocation: { feesMinor: '0', penaltyMinor: '0', interestMinor: '0', principalMinor: '0', unallocatedMinor: '1000000', lines: [] },
      outstandingPrincipalMinor: '30000000',
      settledLoan: false,
      recordedAt: '2026-03-02T01:00:00.000Z',
    },
  });
  await monitoring.pay(loanId, 500n);
  expect(await monitoring.pay(loanId, 1_000_000n, {}, id)).toMatchObject({ status: 200, body: first.body });
  expect(await monitoring.pay(loanId, 1_000_000n, { bankReference: `B-${id}` }, id.toUpperCase())).toMatchObject({ status: 200, body: first.body });
  expect(await monitoring.pay(loanId, 1_000_001n, {}, id)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await repayments(loanId)).toHaveLength(2);
  expect(await monitoring.test.eventTypes(loanId)).toEqual(['loan-booked', 'repayment-received', 'repayment-received']);
});

test('S16: a duplicate callback has no second effect; one reference is one transfer, whatever id it comes under', async () => {
  const { loanId } = await monitoring.book();
  const other = await monitoring.book();
  const [first, second] = [newId(), newId()];
  const bankReference = `B-${first}`;
  const made = await monitoring.pay(loanId, 700n, { bankReference }, first);
  const again = await monitoring.pay(loanId, 700n, { bankReference }, second);
  expect(again).toMatchObject({ status: 200, body: { ...made.body, repaymentId: second, duplicateOf: first } });
  expect(await monitoring.pay(loanId, 700n, { bankReference }, second)).toMatchObject({ status: 200, body: again.body });
  expect(await monitoring.pay(loanId, 701n, { bankReference }, second)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await monitoring.pay(loanId, 701n, { bankReference })).toMatchObject({ status: 409, body: { code: 'BANK_REFERENCE_REUSED' } });
  expect(await monitoring.pay(other.loanId, 700n, { bankReference })).toMatchObject({ status: 409, body: { code: 'BANK_REFERENCE_REUSED' } });
  expect(await repayments(loanId)).toHaveLength(1);
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '700' });
});

test('two loans that are told of one transfer at once: one gets it', async () => {
  const loans = [await monitoring.book(), await monitoring.book()];
  const answers = await Promise.all(loans.map(({ loanId }) => monitoring.pay(loanId, 900n, { bankReference: `twin-${loans[0]!.loanId}` })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('twenty transfers at once, each told twice: every one counts once', async () => {
  const { loanId } = await monitoring.book();
  const ids = Array.from({ length: 20 }, () => newId());
  const answers = await Promise.all([...ids, ...ids].map((id) => monitoring.pay(loanId, 100_000n, {}, id)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '2000000', outstandingPrincipalMinor: '30000000' });
  expect((await monitoring.journal(loanId)).balanced).toBe(true);
});

test('two payoffs at once settle once, and the second is held', async () => {
  const { loanId } = await monitoring.book();
  await Promise.all([monitoring.pay(loanId, 30_000_000n), monitoring.pay(loanId, 30_000_000n)]);
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED', heldMinor: '30000000', payoff: null, nextDue: null });
  expect(await monitoring.test.eventTypes(loanId)).toEqual(['loan-booked', 'repayment-received', 'loan-settled', 'repayment-received']);
});

test.each<[string, number, Record<string, unknown>]>([
  ['AMOUNT_NEGATIVE', 422, { amountMinor: '-100' }],
  ['AMOUNT_ZERO', 422, { amountMinor: '0' }],
  ['AMOUNT_NOT_WHOLE_FEN', 422, { amountMinor: '100.5' }],
  ['AMOUNT_NOT_WHOLE_FEN', 422, { amountMinor: '0100' }],
  ['VALIDATION_FAILED', 400, { amountMinor: 100 }],
  ['VALIDATION_FAILED', 400, { amountMinor: '9'.repeat(19) }],
  ['VALIDATION_FAILED', 400, { amountMinor: '1e3' }],
  ['CURRENCY_MISMATCH', 422, { currency: 'USD' }],
  ['RECEIVED_IN_FUTURE', 422, { receivedOn: '2026-03-03' }],
  ['RECEIVED_BEFORE_DISBURSEMENT', 422, { receivedOn: '2026-03-01' }],
  ['VALIDATION_FAILED', 400, { receivedOn: '2026-02-30' }],
  ['VALIDATION_FAILED', 400, { receivedOn: '2026-03-02T00:00:00Z' }],
  ['VALIDATION_FAILED', 400, { bankReference: '' }],
  ['VALIDATION_FAILED', 400, { bankReference: 'B\u0000' }],
  ['VALIDATION_FAILED', 400, { bankReference: undefined }],
  ['VALIDATION_FAILED', 400, { note: 'x' }],
])('bad input is %s (%i): %j', async (code, status, change) => {
  const { loanId } = await monitoring.book();
  expect(await monitoring.pay(loanId, 100n, change)).toMatchObject({ status, body: { code } });
  expect(await repayments(loanId)).toEqual([]);
});

test('an account manager reads repayments and records none', async () => {
  const { loanId } = await monitoring.book();
  const manager = staff('mona', 'account_manager');
  expect(await monitoring.pay(loanId, 1n, {}, newId(), manager)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await repayments(loanId, manager)).toEqual([]);
});

test('ids that are none, broken JSON, an unknown loan', async () => {
  const { loanId } = await monitoring.book();
  expect(await monitoring.pay(loanId, 1n, {}, '7')).toMatchObject({ status: 400, body: { code: 'ID_NOT_UUIDV7' } });
  expect(await monitoring.test.call('PUT', `/loans/${loanId}/repayments/${newId()}`, PARTNER, '{"amountMinor":')).toMatchObject({
    status: 400,
    body: { code: 'MALFORMED_JSON' },
  });
  expect(await monitoring.pay(newId(), 1n)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

test('R-OP-06: the loan’s partner and payment officers record money, nobody else', async () => {
  const { loanId } = await monitoring.book();
  expect(await monitoring.pay(loanId, 1n, {}, newId(), OTHER_PARTNER)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await monitoring.pay(loanId, 1n, {}, newId(), RISK_OFFICER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await monitoring.pay(loanId, 1n, {}, newId(), { ...PAYMENT_OFFICER, tenantId: 't2' })).toMatchObject({ status: 404 });
  expect((await monitoring.pay(loanId, 1n, {}, newId(), PAYMENT_OFFICER)).status).toBe(201);
});

test('repayments and journal come page by page', async () => {
  const { loanId } = await monitoring.book();
  for (const amount of [1n, 2n, 3n]) await monitoring.pay(loanId, amount);
  const page = (path: string) => monitoring.test.call('GET', `/loans/${loanId}/${path}`, AUDITOR);
  const { body: first } = await page('repayments?limit=2');
  const { body: second } = await page(`repayments?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ amountMinor }: { amountMinor: string }) => amountMinor)).toEqual(['1', '2', '3']);
  expect(second.nextCursor).toBeNull();
  const { body: journal } = await page('journal?limit=1');
  expect(journal).toMatchObject({ balanced: true, totals: { debitMinor: '30000006' } });
  expect(journal.items).toHaveLength(1);
  expect((await page(`journal?cursor=${journal.nextCursor}`)).body.items).toHaveLength(3);
  expect((await page('repayments?cursor=x')).status).toBe(400);
});
