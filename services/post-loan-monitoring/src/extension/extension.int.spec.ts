import { newId } from '@millrace/contracts';
import { addDays, addMonths } from '@millrace/finance';
import { staff, type Answer } from '@millrace/testing';
import { decideChange, DOCUMENT, scheduleBefore } from '../../test/change-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { GUARANTEE } from '../guarantee/guarantee.tasks.js';
import { EXTENSION } from './extension.task.js';

// Goal (S18): a term becomes longer only in time, within the law, and with the consent of whoever stands for the loan. Method: the real service on real
// PostgreSQL, whose clock goes on from test to test; a neighbour of another tenant keeps its terms.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await monitoring.stop();
});

const MANAGER = staff('mia', 'account_manager');
const INSTALMENT = 2_586_822n;

const put = (path: string, body: Record<string, unknown>, by = MANAGER): Promise<Answer> => monitoring.test.call('PUT', path, by, body);
const extend = (loanId: string, months: number, consents: readonly unknown[] = [], id = newId()): Promise<Answer> =>
  put(`/loans/${loanId}/extensions/${id}`, { months, reason: 'season', requestSha256: DOCUMENT, consents });
const decide = (answer: Answer): Promise<void> => decideChange(monitoring, EXTENSION, answer.body.changeId, 'apply');

async function guaranteed(loanId: string): Promise<string> {
  const guaranteeId = newId();
  const body = { guarantorRef: 'GUARANTOR-0007', kind: 'joint', limitMinor: '50000000', contractSha256: DOCUMENT };
  expect(await put(`/loans/${loanId}/guarantees/${guaranteeId}`, body)).toMatchObject({ status: 202, body: { kind: 'guarantee', state: 'requested' } });
  await decideChange(monitoring, GUARANTEE, guaranteeId, 'apply');
  return guaranteeId;
}

const rowsOf = async (loanId: string): Promise<Record<string, string>[]> => (await monitoring.schedule(loanId)).items;
const sumOf = (rows: readonly Record<string, string>[], part: string): bigint => rows.reduce((total, row) => total + BigInt(row[part]!), 0n);

test('S18, G-WC-07: a loan of twelve months is not extended by thirteen, and by twelve it is: what is due later is laid out anew, the rest and the old schedule stay', async () => {
  const { loanId } = await monitoring.book();
  const other = await monitoring.book({ tenantId: 'another' });
  monitoring.goTo('2026-04-02');
  await monitoring.pay(loanId, INSTALMENT);
  const before = await rowsOf(loanId);
  expect(await extend(loanId, 13)).toMatchObject({ status: 422, body: { code: 'EXTENSION_TOO_LONG' } });
  const asked = await extend(loanId, 12);
  expect(asked).toMatchObject({ status: 202, body: { kind: 'extension', state: 'requested', content: { months: 12 } } });
  expect(await rowsOf(loanId)).toEqual(before);
  await decide(asked);
  const after = await rowsOf(loanId);
  expect(after).toHaveLength(24);
  expect(after[0]).toEqual(before[0]);
  expect(after.at(-1)).toMatchObject({ number: 24, dueOn: '2028-03-02', balanceMinor: '0' });
  expect(sumOf(after, 'principalMinor')).toBe(30_000_000n);
  expect(BigInt(after[1]!['totalMinor']!)).toBeLessThan(BigInt(before[1]!['totalMinor']!));
  expect(await monitoring.loan(loanId)).toMatchObject({ maturesOn: '2028-03-02', tenorMonths: 12, extendedOn: '2026-04-02', status: 'ACTIVE', dpd: 0 });
  expect((await scheduleBefore(monitoring, loanId, 1)).map(({ dueOn }) => dueOn)).toEqual(before.map(({ dueOn }) => dueOn));
  expect(await monitoring.test.event(loanId, 'loan-extended')).toMatchObject({
    payload: { extensionId: asked.body.changeId, months: 12, maturesOn: '2028-03-02', maturesOnBefore: '2027-03-02' },
  });
  expect(await extend(loanId, 1)).toMatchObject({ status: 422, body: { code: 'EXTENSION_TOO_LONG', detail: expect.stringContaining('leaves 0 months') } });
  const { rows } = await monitoring.test.pool.query('select matures_on::text as on from loan where loan_id = $1', [other.loanId]);
  expect(rows).toEqual([{ on: '2027-03-02' }]);
});

test('S18, G-EC-05: where somebody stands for the loan, no extension without the consent in writing; with it the time of the guarantee moves along', async () => {
  const { loanId } = await monitoring.book();
  const guaranteeId = await guaranteed(loanId);
  const lapse = async (): Promise<unknown> =>
    (await monitoring.test.pool.query('select lapses_on::text as on from guarantee where guarantee_id = $1', [guaranteeId])).rows[0];
  expect(await lapse()).toEqual({ on: '2027-10-02' });
  expect(await extend(loanId, 6)).toMatchObject({ status: 422, body: { code: 'GUARANTOR_CONSENT_MISSING' } });
  expect(await extend(loanId, 6, [{ guaranteeId: newId(), documentSha256: DOCUMENT }])).toMatchObject({ body: { code: 'GUARANTOR_CONSENT_MISSING' } });
  const asked = await extend(loanId, 6, [{ guaranteeId, documentSha256: DOCUMENT }]);
  expect(asked.status).toBe(202);
  await decide(asked);
  expect(await lapse()).toEqual({ on: '2028-04-02' });
  const { payload } = await monitoring.test.event(loanId, 'guarantor-consent-recorded');
  expect(payload).toMatchObject({ guaranteeId, changeId: asked.body.changeId, lapsesOn: '2028-04-02' });
  // A guarantor who was asked to pay is bound as much.
  await monitoring.test.pool.query(`update guarantee set state = 'claimed' where guarantee_id = $1`, [guaranteeId]);
  expect(await extend(loanId, 1)).toMatchObject({ status: 422, body: { code: 'GUARANTOR_CONSENT_MISSING' } });
});

test.each(['equal_principal', 'interest_monthly', 'bullet'] as const)('a loan that is repaid by %s is extended too', async (repaymentMethod) => {
  const { loanId, disbursedOn } = await monitoring.book({ repaymentMethod, dayCount: 'ACT/365' });
  const firstDueOn = addMonths(disbursedOn, 1);
  monitoring.goTo(firstDueOn);
  const paid = (await rowsOf(loanId)).filter(({ dueOn }) => dueOn === firstDueOn);
  for (const { totalMinor } of paid) await monitoring.pay(loanId, totalMinor!);
  await decide(await extend(loanId, 3));
  const rows = await rowsOf(loanId);
  expect(rows.at(-1)).toMatchObject({ dueOn: addMonths(disbursedOn, 15), balanceMinor: '0' });
  expect(sumOf(rows, 'principalMinor')).toBe(30_000_000n);
});

test('M-LN-07, R-PL-06: not more than 30 days late, and not at its maturity; what is asked is decided once and names itself', async () => {
  const { loanId, disbursedOn } = await monitoring.book();
  const firstDueOn = addMonths(disbursedOn, 1);
  monitoring.goTo(addDays(firstDueOn, 30));
  const id = newId();
  expect((await extend(loanId, 1, [], id)).status).toBe(202);
  expect(await extend(loanId, 1, [], id)).toMatchObject({ status: 200, body: { state: 'requested' } });
  expect(await extend(loanId, 2, [], id)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await extend(loanId, 2)).toMatchObject({ status: 409, body: { code: 'CHANGE_WAITS_ALREADY' } });
  await decideChange(monitoring, EXTENSION, id, 'refuse');
  expect(await extend(loanId, 1, [], id)).toMatchObject({ status: 200, body: { state: 'refused' } });
  expect((await rowsOf(loanId)).length).toBe(12);
  const path = `/loans/${loanId}/extensions/${newId()}`;
  const body = { months: 1, reason: 'season', requestSha256: DOCUMENT, consents: [] };
  expect((await put(path, body, staff('rita', 'risk_officer'))).status).toBe(403);
  expect((await put(path, body, { ...MANAGER, tenantId: 'another' })).status).toBe(404);
  for (const change of [{ months: 0 }, { months: 1.5 }, { reason: 'x' }, { requestSha256: 'x' }, { consents: 'x' }, { consents: [{}] }])
    expect((await put(path, { ...body, ...change })).status).toBe(400);
  monitoring.goTo(addDays(firstDueOn, 31));
  expect(await extend(loanId, 1)).toMatchObject({ status: 409, body: { code: 'EXTENSION_NOT_OPEN', detail: expect.stringContaining('31 days past due') } });
  monitoring.goTo(addMonths(disbursedOn, 12));
  expect(await extend(loanId, 1)).toMatchObject({ status: 409, body: { code: 'EXTENSION_NOT_OPEN', detail: expect.stringContaining('matures on') } });
});

test('an extended loan is repaid by its new schedule to the last fen; a repayment that is told late is played before the extension', async () => {
  const { loanId, disbursedOn } = await monitoring.book();
  const firstDueOn = addMonths(disbursedOn, 1);
  monitoring.goTo(addDays(firstDueOn, 8));
  await decide(await extend(loanId, 6));
  const late = await rowsOf(loanId);
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 8 });
  await monitoring.pay(loanId, INSTALMENT, { valueOn: firstDueOn });
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 0 });
  // What was late is not part of what the extension lays out.
  expect((await rowsOf(loanId)).slice(1)).toEqual(late.slice(1));
  for (const { dueOn, totalMinor } of late.slice(1)) {
    monitoring.goTo(dueOn!);
    await monitoring.pay(loanId, totalMinor!);
  }
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED', outstandingPrincipalMinor: '0', heldMinor: '0' });
});
