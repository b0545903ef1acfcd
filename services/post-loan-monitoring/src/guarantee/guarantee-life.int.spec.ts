import { newId } from '@millrace/contracts';
import { addDays, addMonths } from '@millrace/finance';
import type { Principal } from '@millrace/service';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { decideChange, DOCUMENT } from '../../test/change-loans.js';
import { bookOf, endPools } from '../../test/close-loans.js';
import { neverPaid, type OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { GUARANTEE_LAPSE } from '../guarantee-life/guarantee-lapse.task.js';
import { LEGAL_CASE } from '../legal-case/legal-case.tasks.js';
import { REPAYMENT_REVERSAL } from '../reversal/repayment-reversal.task.js';
import { GUARANTEE, GUARANTEE_CLAIM, GUARANTEE_COMPENSATION } from './guarantee.tasks.js';

// Goal (B5, R-CR-19, G-EC-04): a guarantor is asked to pay within its time and never after it, and what it pays is known as its own. Method: the real service, its
// days closed by the test, decisions as lendctl makes them; a neighbour of another tenant with the same guarantee has its own end.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
  monitoring.goTo('2027-07-01');
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

/** Twelve months of the loan, and six in which its guarantor can be asked (G-EC-04). */
const MONTHS_TO_LAPSE = 18;
const of = (tenantId: string, id: string, ...roles: string[]): Principal => ({ ...staff(id, ...roles), tenantId });
const put = ({ tenantId, loanId }: OwnedLoan, path: string, role: string, body: object): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/${path}`, of(tenantId, 'olga', role), body);
const read = async ({ tenantId, loanId }: OwnedLoan, path = ''): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}${path}`, of(tenantId, 'aida', 'auditor'))).body;
const closeThrough = async (day: string, ...loans: OwnedLoan[]): Promise<void> => {
  monitoring.goTo(addDays(day, 1));
  for (const { tenantId } of loans) await bookOf(monitoring).closeTenant(tenantId, day);
};

async function guaranteed(loan: OwnedLoan, change: Record<string, unknown> = {}): Promise<string> {
  const guaranteeId = newId();
  const body = { guarantorRef: 'GUARANTOR-0005', kind: 'joint', limitMinor: '40000000', contractSha256: DOCUMENT, ...change };
  expect((await put(loan, `guarantees/${guaranteeId}`, 'account_manager', body)).status).toBe(202);
  await decideChange(monitoring, GUARANTEE, guaranteeId, 'apply');
  return guaranteeId;
}

interface Lost {
  readonly loan: OwnedLoan;
  readonly guaranteeId: string;
  readonly recordedOn: string;
  readonly lapsesOn: string;
}

/** A loan that was never paid, with somebody who stands for it for so many days from today on. */
async function lost(days: number, change: Record<string, unknown> = {}): Promise<Lost> {
  const recordedOn = monitoring.today;
  const loan = await neverPaid(monitoring, addMonths(addDays(recordedOn, days), -MONTHS_TO_LAPSE));
  const guaranteeId = await guaranteed(loan, change);
  return { loan, guaranteeId, recordedOn, lapsesOn: (await read(loan, '/guarantees')).items[0].lapsesOn };
}

const claim = (loan: OwnedLoan, guaranteeId: string, change: Record<string, unknown> = {}): Promise<Answer> =>
  put(loan, `guarantee-claims/${newId()}`, 'risk_officer', {
    ...{ guaranteeId, amountMinor: '1000000', ground: 'long_overdue', documentSha256: DOCUMENT },
    ...change,
  });
const agree = (answer: Answer): Promise<void> => decideChange(monitoring, GUARANTEE_CLAIM, answer.body.changeId, 'apply');
async function say(loan: OwnedLoan, guaranteeId: string, bankReference: string): Promise<void> {
  const answer = await put(loan, `guarantee-compensations/${newId()}`, 'payment_officer', { guaranteeId, bankReference });
  expect(answer.status).toBe(202);
  await decideChange(monitoring, GUARANTEE_COMPENSATION, answer.body.changeId, 'apply');
}
const typesOf = async ({ loanId }: OwnedLoan): Promise<string[]> => (await monitoring.test.eventTypes(loanId)).filter((type) => type.startsWith('guarantee'));
const statusesOf = async ({ loanId }: OwnedLoan): Promise<unknown[]> => {
  const sql = `select valid_on::text as on, guarantee_status as status from (
    select *, lag(guarantee_status) over (order by seq) as before from loan_standing_history where loan_id = $1) h where guarantee_status is distinct from before order by seq`;
  return (await monitoring.test.pool.query(sql, [loanId])).rows.map(({ on, status }) => `${on} ${status}`);
};

test('B5, M-GU-02, G-EC-04: sixty days before the lapse a risk officer is asked, and nobody before; on its last day it lapses, and then the engine refuses the claim by the statute', async () => {
  const { loan, guaranteeId, recordedOn, lapsesOn } = await lost(62);
  const { loan: neighbour, guaranteeId: other } = await lost(62);
  await closeThrough(addDays(lapsesOn, -61), loan, neighbour);
  const asked = () => taskAbout(monitoring.test, GUARANTEE_LAPSE, { guaranteeId });
  expect(await asked()).toBeUndefined();
  await closeThrough(addDays(lapsesOn, -60), loan, neighbour);
  expect(await asked()).toMatchObject({ status: 'open', facts: { lapsesOn: lapsesOn, limitMinor: '40000000' } });
  expect(await monitoring.test.event(loan.loanId, 'guarantee-lapse-near')).toMatchObject({ payload: { guaranteeId, lapsesOn: lapsesOn, daysLeft: 60 } });
  // The neighbour's guarantor is asked on the last day, and stays bound.
  await closeThrough(addDays(lapsesOn, -1), loan, neighbour);
  await agree(await claim(neighbour, other));
  await closeThrough(lapsesOn, loan, neighbour);
  expect(await asked()).toBeUndefined();
  expect(await claim(loan, guaranteeId)).toMatchObject({ status: 409, body: { code: 'GUARANTEE_LAPSED', detail: expect.stringContaining('article 692') } });
  expect(await typesOf(loan)).toEqual([
    'guarantee-recorded',
    'guarantee-status-changed',
    'guarantee-lapse-near',
    'guarantee-lapsed',
    'guarantee-status-changed',
  ]);
  expect(await statusesOf(loan)).toEqual([`${recordedOn} live`, `${lapsesOn} lapsed`]);
  expect(await read(loan)).toMatchObject({ guaranteeStatus: 'lapsed' });
  expect(await read(neighbour)).toMatchObject({ guaranteeStatus: 'claimed' });
  await closeThrough(addDays(lapsesOn, 1), loan, neighbour);
  expect(await statusesOf(neighbour)).toEqual([`${recordedOn} live`, `${lapsesOn} claimed`]);
}, 240_000);

test('S18, R-CR-19: who has signed before the payout stands for the loan from its booking on, as if people had recorded it, and others are recorded later', async () => {
  const { guaranteeId, ...agreed } = {
    guaranteeId: newId(),
    guarantorRef: 'G-ORIGIN-18',
    kind: 'joint',
    limitMinor: '20000000',
    periodMonths: 7,
    contractSha256: DOCUMENT,
  } as const;
  const loan = await neverPaid(monitoring, addMonths(monitoring.today, -14), { guarantees: [{ guaranteeId, ...agreed }] });
  const { maturesOn, guaranteeStatus } = await read(loan);
  const { contractSha256: _, ...shown } = agreed;
  expect([guaranteeStatus, (await read(loan, '/guarantees')).items]).toMatchObject([
    'live',
    [{ guaranteeId, ...shown, state: 'live', maturesOn, lapsesOn: addMonths(maturesOn, 7) }],
  ]);
  expect(await typesOf(loan)).toEqual(['guarantee-recorded', 'guarantee-status-changed']);
  expect(await put(loan, `guarantees/${guaranteeId}`, 'account_manager', agreed)).toMatchObject({ status: 200, body: { state: 'applied' } });
  const other = await guaranteed(loan);
  await agree(await claim(loan, guaranteeId));
  const { items } = await read(loan, '/guarantees');
  expect(Object.fromEntries(items.map((one: Record<string, string>) => [one['guaranteeId'], one['state']]))).toEqual({
    [guaranteeId]: 'claimed',
    [other]: 'live',
  });
});

test('G-EC-04: a claim that was asked for in time and is agreed on after the lapse comes too late', async () => {
  const { loan, guaranteeId, lapsesOn } = await lost(3);
  monitoring.goTo(lapsesOn);
  const asked = await claim(loan, guaranteeId);
  expect(asked.status).toBe(202);
  monitoring.goTo(addDays(lapsesOn, 1));
  const { taskId } = (await taskAbout(monitoring.test, GUARANTEE_CLAIM, { changeId: asked.body.changeId }))!;
  await sayAbout(monitoring.test, GUARANTEE_CLAIM, taskId, { decision: 'apply', reason: 'EVIDENCE_SEEN' }, 'Li Na', 'Wang Wei');
  const failure = async (): Promise<string | null> =>
    (await monitoring.test.pool.query<{ failure: string | null }>('select failure from task where task_id = $1', [taskId])).rows[0]!.failure;
  expect(await until(failure, 'the decision to be sent back')).toContain('article 692');
  expect((await read(loan, '/guarantees')).items).toMatchObject([{ claimedOn: null, claimedMinor: null }]);
}, 240_000);

test('R-CR-19, M-GU-01: a guarantor is asked from sixty days past due on, for no more than is due and than its limit, once, by who may', async () => {
  const loan = await neverPaid(monitoring, addMonths(addDays(monitoring.today, -59), -1));
  const guaranteeId = await guaranteed(loan, { limitMinor: '5000000' });
  expect(await claim(loan, guaranteeId)).toMatchObject({ status: 409, body: { code: 'NOT_LATE_ENOUGH', detail: expect.stringContaining('59 days') } });
  monitoring.goTo(addDays(monitoring.today, 1));
  const { dueMinor } = await read(loan);
  expect(await claim(loan, guaranteeId, { amountMinor: '5000001' })).toMatchObject({ status: 422, body: { code: 'CLAIM_TOO_HIGH' } });
  expect(await claim(loan, guaranteeId, { amountMinor: String(BigInt(dueMinor) + 1n) })).toMatchObject({ status: 422 });
  expect(await claim(loan, newId())).toMatchObject({ status: 404 });
  expect(await claim(loan, guaranteeId, { amountMinor: '0' })).toMatchObject({ status: 400 });
  expect((await claim({ ...loan, tenantId: 'another' }, guaranteeId)).status).toBe(404);
  expect(await put(loan, `guarantee-claims/${newId()}`, 'collector', { guaranteeId })).toMatchObject({ status: 400 });
  expect(await put(loan, `guarantee-compensations/${newId()}`, 'payment_officer', { guaranteeId, bankReference: 'G-0' })).toMatchObject({
    status: 409,
    body: { code: 'GUARANTEE_NOT_CLAIMED' },
  });
  await agree(await claim(loan, guaranteeId, { amountMinor: '5000000' }));
  expect(await claim(loan, guaranteeId)).toMatchObject({ status: 409, body: { code: 'GUARANTEE_NOT_LIVE' } });
  const { rows } = await monitoring.test.pool.query('select trigger, effect, evidence from loan_history where loan_id = $1 order by seq desc limit 1', [
    loan.loanId,
  ]);
  expect(rows[0]).toMatchObject({ trigger: 'GuarantorClaimed', effect: 'recorded', evidence: { requestedBy: 'olga', decidedBy: ['Li Na', 'Wang Wei'] } });

  // Its limit is respected: beyond it the money is that of any third party.
  await say(loan, guaranteeId, 'G-LIMIT');
  await monitoring.pay(loan.loanId, 5_100_000n, { tenantId: loan.tenantId, bankReference: 'G-LIMIT', payerIsBorrower: false });
  expect((await read(loan, '/guarantees')).items).toMatchObject([
    { state: 'compensated', paidMinor: '5000000', compensations: [{ subrogatedMinor: '5000000' }] },
  ]);
  expect(await read(loan)).toMatchObject({ status: 'OVERDUE', guaranteeStatus: 'compensated' });
  const compensated = await monitoring.test.event(loan.loanId, 'guarantee-compensated');
  expect(compensated).toMatchObject({ payload: { amountMinor: '5000000', paidMinor: '5000000', isPaidInFull: false } });
}, 240_000);

test('B5, R-CR-19: paid in full by its guarantor the loan is settled and the guarantor has the claim, whether its money or the word of it comes first; taken back it is owed again', async () => {
  const [first, second] = [await lost(30), await lost(30)];
  for (const { loan, guaranteeId } of [first, second]) {
    const { dueMinor } = await read(loan);
    await agree(await claim(loan, guaranteeId, { amountMinor: dueMinor }));
  }
  const payOff = async ({ loan }: typeof first, bankReference: string): Promise<string> => {
    const { payoff } = await read(loan);
    return (await monitoring.pay(loan.loanId, payoff.toPayMinor, { tenantId: loan.tenantId, bankReference, payerIsBorrower: false })).repaymentId;
  };
  await say(first.loan, first.guaranteeId, 'G-FIRST');
  const repaymentId = await payOff(first, 'G-FIRST');
  await payOff(second, 'G-SECOND');
  expect(await read(second.loan)).toMatchObject({ status: 'SETTLED', guaranteeStatus: 'claimed' });
  await say(second.loan, second.guaranteeId, 'G-SECOND');
  for (const { loan, guaranteeId } of [first, second]) {
    const { status, guaranteeStatus } = await read(loan);
    expect([status, guaranteeStatus]).toEqual(['SETTLED', 'compensated']);
    const { payload } = await monitoring.test.event(loan.loanId, 'guarantee-compensated');
    expect(payload).toMatchObject({ guaranteeId, isPaidInFull: true });
    const { rows } = await monitoring.test.pool.query('select trigger, status_to, reason from loan_history where loan_id = $1 order by seq desc limit 1', [
      loan.loanId,
    ]);
    expect(rows[0]).toEqual({ trigger: 'GuarantorPaid', status_to: 'SETTLED', reason: 'GUARANTOR_PAID' });
    await bookOf(monitoring).closeTenant(loan.tenantId, monitoring.today);
    expect(await read(loan)).toMatchObject({ guaranteeStatus: 'compensated' });
  }
  // One reference is said once.
  const again = { guaranteeId: first.guaranteeId, bankReference: 'G-FIRST' };
  expect(await put(first.loan, `guarantee-compensations/${newId()}`, 'payment_officer', again)).toMatchObject({ body: { code: 'REFERENCE_SAID_ALREADY' } });

  await put(first.loan, `reversals/${newId()}`, 'payment_officer', { repaymentId, reason: 'bounced' });
  const { taskId } = (await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId }))!;
  await sayAbout(monitoring.test, REPAYMENT_REVERSAL, taskId, { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => (await read(first.loan)).status === 'OVERDUE', 'the loan to be owed again');
  expect(await read(first.loan)).toMatchObject({ guaranteeStatus: 'claimed' });
  expect((await read(first.loan, '/guarantees')).items).toMatchObject([{ state: 'claimed', paidMinor: '0', compensations: [{ subrogatedMinor: null }] }]);
  expect(await read(second.loan)).toMatchObject({ guaranteeStatus: 'compensated' });
  // The reference is free again; and money that comes under it again is the guarantor's, as was said.
  expect((await put(first.loan, `guarantee-compensations/${newId()}`, 'payment_officer', again)).status).toBe(202);
  await payOff(first, 'G-FIRST');
  expect(await read(first.loan)).toMatchObject({ status: 'SETTLED', guaranteeStatus: 'compensated' });
}, 240_000);

test('R-CR-19: a guarantor whose money ended the loan on a day before is never told to be released', async () => {
  const { loan, guaranteeId } = await lost(30);
  const { dueMinor } = await read(loan);
  await agree(await claim(loan, guaranteeId, { amountMinor: dueMinor }));
  await say(loan, guaranteeId, 'G-YESTERDAY');
  const { payoff } = await read(loan);
  const shown = { tenantId: loan.tenantId, bankReference: 'G-YESTERDAY', payerIsBorrower: false, valueOn: addDays(monitoring.today, -1) };
  await monitoring.pay(loan.loanId, payoff.toPayMinor, shown);
  expect(await read(loan)).toMatchObject({ status: 'SETTLED', guaranteeStatus: 'compensated' });
  expect(await typesOf(loan)).not.toContain('guarantee-released');
}, 240_000);

test('R-CR-19: at settlement by the borrower the guarantor is released, one who was asked at the end of that day; a payment that is taken back makes the guarantee stand again', async () => {
  const [{ loan }, asked] = [await lost(100), await lost(100)];
  await agree(await claim(asked.loan, asked.guaranteeId));
  for (const one of [loan, asked.loan]) await monitoring.pay(one.loanId, (await read(one)).payoff.toPayMinor, { tenantId: one.tenantId });
  expect([await read(loan), await read(asked.loan)]).toMatchObject([
    { status: 'SETTLED', guaranteeStatus: 'released' },
    { status: 'SETTLED', guaranteeStatus: 'claimed' },
  ]);
  expect((await typesOf(loan)).slice(-2)).toEqual(['guarantee-released', 'guarantee-status-changed']);
  await closeThrough(monitoring.today, loan, asked.loan);
  expect(await read(asked.loan)).toMatchObject({ guaranteeStatus: 'released' });
}, 240_000);

test('G-EC-08: a guarantor who stands after the borrower is asked once the borrower was sued in time, and then has no lapse', async () => {
  const { loan, guaranteeId, lapsesOn } = await lost(5, { kind: 'general' });
  const { loan: unsued } = await lost(5, { kind: 'general' });
  expect(await claim(loan, guaranteeId)).toMatchObject({ status: 409, body: { code: 'BORROWER_NOT_SUED' } });
  const suit = {
    kind: 'suit',
    court: '上海金融法院',
    courtReference: '(2027)沪74民初5号',
    filedOn: monitoring.today,
    claimMinor: '31000000',
    documentSha256: DOCUMENT,
  };
  const filed = await put(loan, `legal-cases/${newId()}`, 'risk_officer', suit);
  await decideChange(monitoring, LEGAL_CASE, filed.body.changeId, 'apply');
  await closeThrough(lapsesOn, loan, unsued);
  expect([await read(loan), await read(unsued)]).toMatchObject([{ guaranteeStatus: 'live' }, { guaranteeStatus: 'lapsed' }]);
  await agree(await claim(loan, guaranteeId, { ground: 'nothing_to_enforce' }));
  expect(await read(loan)).toMatchObject({ status: 'LEGAL', guaranteeStatus: 'claimed' });
}, 240_000);
