import { newId } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';
import { ANNOUNCED_MONEY } from './announced-money.task.js';

// Method: the real service on real PostgreSQL, asked over HTTP as the gateway asks it.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await monitoring.stop();
});

const repayments = async (loanId: string, by = AUDITOR): Promise<Answer['body']['items']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}/repayments`, by)).body.items;

const announced = async (loanId: string) =>
  (await monitoring.test.pool.query('select repayment_id as id, state from announcement where loan_id = $1 order by recorded_at, repayment_id', [loanId])).rows;

test('R-DB-08, S16: a word moves nothing, whatever it says; the line of the statement books what the bank shows, under the id of the announcement', async () => {
  const { loanId } = await monitoring.book();
  const id = newId();
  const told = await monitoring.report(loanId, 30_000_000n, { bankReference: 'WORD-1' }, id);
  expect(told).toEqual({
    status: 202,
    headers: expect.anything(),
    body: {
      ...{ state: 'announced', reason: 'AWAITS_STATEMENT', repaymentId: id, duplicateOf: null, loanId, amountMinor: '30000000', currency: 'CNY' },
      ...{ receivedOn: '2026-03-02', bankReference: 'WORD-1', waitsUntil: '2026-03-07', recordedAt: '2026-03-02T01:00:00.000Z' },
      prepaymentEffect: null,
    },
  });
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'ACTIVE', heldMinor: '0', outstandingPrincipalMinor: '30000000' });
  expect(await monitoring.test.eventTypes(loanId)).toEqual(['loan-booked']);
  expect(await repayments(loanId)).toEqual([]);
  await monitoring.pay(loanId, 30_000_000n, { bankReference: 'WORD-1' });
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED' });
  const again = await monitoring.report(loanId, 30_000_000n, { bankReference: 'WORD-1' }, id);
  expect(again).toMatchObject({
    status: 200,
    body: { repaymentId: id, duplicateOf: null, state: 'booked', settledLoan: true, announcedAmountMinor: null, announcedOn: null },
  });
  expect((await repayments(loanId)).map(({ repaymentId }: { repaymentId: string }) => repaymentId)).toEqual([id]);
  expect(await announced(loanId)).toEqual([{ id, state: 'booked' }]);
});

test('R-DB-08: amount and day are the bank’s; what was announced otherwise is named', async () => {
  const { loanId } = await monitoring.book({ disbursedOn: '2026-03-01' });
  const id = newId();
  const report = () => monitoring.report(loanId, 500_000n, { bankReference: 'WORD-2' }, id);
  await report();
  await monitoring.pay(loanId, 499_900n, { bankReference: 'WORD-2', valueOn: '2026-03-01' });
  expect(await report()).toMatchObject({
    status: 200,
    body: { amountMinor: '499900', announcedAmountMinor: '500000', receivedOn: '2026-03-01', announcedOn: '2026-03-02' },
  });
  expect(await repayments(loanId)).toMatchObject([{ repaymentId: id, amountMinor: '499900', announcedAmountMinor: '500000', announcedOn: '2026-03-02' }]);
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '499900' });
});

test('S16: of money that the bank has shown already a report is told, and what it says otherwise; another amount or loan is refused', async () => {
  const { loanId } = await monitoring.book({ disbursedOn: '2026-03-01' });
  const other = await monitoring.book();
  const line = await monitoring.pay(loanId, 700n, { bankReference: 'LINE-FIRST' });
  const id = newId();
  const told = await monitoring.report(loanId, 700n, { bankReference: 'LINE-FIRST', receivedOn: '2026-03-01' }, id);
  expect(told).toMatchObject({ status: 200, body: { ...line, repaymentId: id, duplicateOf: line.repaymentId, announcedOn: '2026-03-01' } });
  expect(await monitoring.report(loanId, 701n, { bankReference: 'LINE-FIRST' })).toMatchObject({ status: 409, body: { code: 'BANK_REFERENCE_REUSED' } });
  expect(await monitoring.report(other.loanId, 700n, { bankReference: 'LINE-FIRST' })).toMatchObject({ status: 409, body: { code: 'BANK_REFERENCE_REUSED' } });
  expect(await repayments(loanId)).toHaveLength(1);
});

test('M-EV-07: the same content again gives the same answer, other content is refused, a refused input is not remembered', async () => {
  const { loanId } = await monitoring.book();
  const id = newId();
  expect(await monitoring.report(loanId, '-5', {}, id)).toMatchObject({ status: 422, body: { code: 'AMOUNT_NEGATIVE', errors: [{ field: 'amountMinor' }] } });
  const first = await monitoring.report(loanId, 1_000_000n, {}, id);
  expect(await monitoring.report(loanId, 1_000_000n, {}, id)).toMatchObject({ status: 202, body: first.body });
  expect(await monitoring.report(loanId, 1_000_000n, { bankReference: `B-${id}` }, id.toUpperCase())).toMatchObject({ status: 202, body: first.body });
  expect(await monitoring.report(loanId, 1_000_001n, {}, id)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await announced(loanId)).toEqual([{ id, state: 'announced' }]);
});

test('S16: one reference is one transfer, whatever id it comes under', async () => {
  const { loanId } = await monitoring.book();
  const other = await monitoring.book();
  const [first, second] = [newId(), newId()];
  const bankReference = `B-${first}`;
  const made = await monitoring.report(loanId, 700n, { bankReference }, first);
  const again = await monitoring.report(loanId, 700n, { bankReference }, second);
  expect(again).toMatchObject({ status: 202, body: { ...made.body, repaymentId: second, duplicateOf: first } });
  expect(await monitoring.report(loanId, 701n, { bankReference }, second)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await monitoring.report(loanId, 701n, { bankReference })).toMatchObject({ status: 409, body: { code: 'BANK_REFERENCE_REUSED' } });
  expect(await monitoring.report(other.loanId, 700n, { bankReference })).toMatchObject({ status: 409, body: { code: 'BANK_REFERENCE_REUSED' } });
  await monitoring.pay(loanId, 700n, { bankReference });
  for (const id of [first, second])
    expect(await monitoring.report(loanId, 700n, { bankReference }, id)).toMatchObject({ status: 200, body: { repaymentId: id, amountMinor: '700' } });
  expect(await repayments(loanId)).toHaveLength(1);
});

test('T09, F18: a word of an amount that no loan can owe holds nothing; such money of the bank goes to suspense, and the word is told so', async () => {
  const { loanId } = await monitoring.book();
  const id = newId();
  const report = () => monitoring.report(loanId, '999999999999999999', { bankReference: 'HUGE' }, id);
  expect(await report()).toMatchObject({ status: 202, body: { state: 'announced' } });
  expect(await monitoring.pay(loanId, 999_999_999_999_999_999n, { bankReference: 'HUGE' })).toBeUndefined();
  expect(await report()).toMatchObject({ status: 202, body: { state: 'shown_otherwise', reason: 'SHOWN_OTHERWISE' } });
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '0' });
});

test('twenty transfers at once, each told twice, and each line three times: every one counts once', async () => {
  const { loanId } = await monitoring.book();
  const ids = Array.from({ length: 20 }, () => newId());
  await Promise.all([...ids, ...ids].map((id) => monitoring.report(loanId, 100_000n, {}, id)));
  await Promise.all(ids.map((id) => monitoring.pay(loanId, 100_000n, { bankReference: `B-${id}` })));
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '2000000', outstandingPrincipalMinor: '30000000' });
  expect((await repayments(loanId)).map(({ repaymentId }: { repaymentId: string }) => repaymentId).sort()).toEqual([...ids].sort());
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
  expect(await monitoring.report(loanId, 100n, change)).toMatchObject({ status, body: { code } });
  expect(await announced(loanId)).toEqual([]);
});

test('an account manager reads repayments and records none', async () => {
  const { loanId } = await monitoring.book();
  const manager = staff('mona', 'account_manager');
  expect(await monitoring.report(loanId, 1n, {}, newId(), manager)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await repayments(loanId, manager)).toEqual([]);
});

test('ids that are none, broken JSON, an unknown loan', async () => {
  const { loanId } = await monitoring.book();
  expect(await monitoring.report(loanId, 1n, {}, '7')).toMatchObject({ status: 400, body: { code: 'ID_NOT_UUIDV7' } });
  expect(await monitoring.test.call('PUT', `/loans/${loanId}/repayments/${newId()}`, PARTNER, '{"amountMinor":')).toMatchObject({
    status: 400,
    body: { code: 'MALFORMED_JSON' },
  });
  expect(await monitoring.report(newId(), 1n)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

test('R-OP-06: the loan’s partner and payment officers record money, nobody else', async () => {
  const { loanId } = await monitoring.book();
  expect(await monitoring.report(loanId, 1n, {}, newId(), OTHER_PARTNER)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await monitoring.report(loanId, 1n, {}, newId(), RISK_OFFICER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await monitoring.report(loanId, 1n, {}, newId(), { ...PAYMENT_OFFICER, tenantId: 't2' })).toMatchObject({ status: 404 });
  expect((await monitoring.report(loanId, 1n, {}, newId(), PAYMENT_OFFICER)).status).toBe(202);
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

test('M-LN-06: what the bank does not show in time a person looks at; dropped it frees the reference, waited for it may come, and come late', async () => {
  const { loanId } = await monitoring.book();
  const [made, slow, late] = [newId(), newId(), newId()];
  const tell = (id: string, reference: string) => monitoring.report(loanId, 900n, { bankReference: reference, receivedOn: '2026-03-02' }, id);
  for (const [id, reference] of [
    [made, 'MADE-UP'],
    [slow, 'SLOW'],
    [late, 'LATE'],
  ] as const)
    await tell(id, reference);
  monitoring.goTo('2026-03-07');
  expect(await tell(made, 'MADE-UP')).toMatchObject({ body: { state: 'announced', waitsUntil: '2026-03-07' } });
  monitoring.goTo('2026-03-08');
  for (const id of [made, slow, late]) await until(() => taskAbout(monitoring.test, ANNOUNCED_MONEY, { repaymentId: id }), 'the question');
  expect(await tell(made, 'MADE-UP')).toMatchObject({ status: 202, body: { state: 'not_on_statement', reason: 'NOT_ON_STATEMENT' } });
  await say(made, 'drop', 'TOLD_BY_MISTAKE');
  expect(await tell(made, 'MADE-UP')).toMatchObject({ status: 409, body: { code: 'REPAYMENT_REFUSED' } });
  expect(await tell(newId(), 'MADE-UP')).toMatchObject({ status: 202, body: { state: 'announced', waitsUntil: '2026-03-13' } });
  await say(slow, 'wait', 'BANK_CONFIRMED');
  expect(await tell(slow, 'SLOW')).toMatchObject({ body: { state: 'announced', waitsUntil: '2026-03-13' } });
  await monitoring.pay(loanId, 900n, { bankReference: 'LATE', valueOn: '2026-03-02' });
  expect(await tell(late, 'LATE')).toMatchObject({ status: 200, body: { state: 'booked' } });
  expect(await taskAbout(monitoring.test, ANNOUNCED_MONEY, { repaymentId: late })).toBeUndefined();
});

async function say(repaymentId: string, decision: string, reason: string): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, ANNOUNCED_MONEY, { repaymentId }))!;
  await sayAbout(monitoring.test, ANNOUNCED_MONEY, taskId, { decision, reason }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, ANNOUNCED_MONEY, { repaymentId })), 'the decision to be applied');
}
