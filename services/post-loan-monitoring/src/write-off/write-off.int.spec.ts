import { newId } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import type { Principal } from '@millrace/service';
import { endPools } from '../../test/close-loans.js';
import { neverPaid, type OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_REVERSAL } from '../reversal/repayment-reversal.task.js';

// Goal (R-PL-06): a loan of the class LOSS leaves the books by the vote of a committee, and the claim stays. Method: the real service, votes as the gateway hands them on.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
  monitoring.goTo(addDays('2026-04-02', 362));
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const BODY = { ground: 'enforcement_ended', evidenceSha256: 'a'.repeat(64) };
const PRINCIPAL = 30_000_000n;

/** Staff of a tenant of its own. */
const of = (tenantId: string, id: string, ...roles: string[]): Principal => ({ ...staff(id, ...roles), tenantId });

const ask = ({ tenantId, loanId }: OwnedLoan, writeOffId = newId(), change: Record<string, unknown> = {}): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/write-offs/${writeOffId}`, of(tenantId, 'olga', 'risk_officer'), { ...BODY, ...change });

const say = (loan: OwnedLoan, taskId: string, by: string, what: string, body: object = {}, role = 'credit_approver'): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loan.loanId}/committees/${taskId}/${what}`, of(loan.tenantId, by, role), body);

const YES = { decision: 'apply', reasonCode: 'ALL_MEANS_USED' };
const NO = { decision: 'refuse', reasonCode: 'MEANS_LEFT' };

/** Three members say yes, the head of risk among them, and one of them concludes. */
async function approve(loan: OwnedLoan, taskId: string): Promise<void> {
  for (const by of ['carla', 'dora']) await say(loan, taskId, by, `votes/${newId()}`, YES);
  await say(loan, taskId, 'rita', `votes/${newId()}`, YES, 'risk_officer');
  expect((await say(loan, taskId, 'rita', `conclusions/${newId()}`, {}, 'risk_officer')).body).toMatchObject({ outcome: 'apply', because: 'MAJORITY' });
}

/** A loan that is 361 days past due. */
const lossOf = (): Promise<OwnedLoan> => neverPaid(monitoring, '2026-03-02');

const shown = async ({ tenantId, loanId }: OwnedLoan): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}`, of(tenantId, 'aida', 'auditor'))).body;

async function writtenOff(): Promise<OwnedLoan> {
  const loan = await lossOf();
  const { taskId } = (await ask(loan)).body;
  await approve(loan, taskId);
  await until(async () => (await shown(loan)).status === 'WRITTEN_OFF', 'the write-off to be booked');
  return loan;
}

/** Debits less credits of a loan's journal by account. */
async function balancesOf({ loanId }: OwnedLoan): Promise<Record<string, string>> {
  const { rows } = await monitoring.test.pool.query<{ account: string; net: string }>(
    `select account, sum(debit_minor - credit_minor)::text as net from journal_line join journal_entry using (entry_id) where loan_id = $1
     group by account having sum(debit_minor - credit_minor) <> 0 order by account`,
    [loanId],
  );
  return Object.fromEntries(rows.map(({ account, net }) => [account, net]));
}

test('R-PL-06, G-CL-09: a committee writes a loan off: the books are without it, the claim is kept, and every step names who and why', async () => {
  const loan = await lossOf();
  const neighbour = await lossOf();
  const asked = await ask(loan);
  expect(asked).toMatchObject({ status: 202, body: { loanId: loan.loanId, kind: 'write_off', state: 'requested', content: BODY, decidedAt: null } });
  expect(await shown(loan)).toMatchObject({ status: 'OVERDUE' });
  await approve(loan, asked.body.taskId);
  await until(async () => (await shown(loan)).status === 'WRITTEN_OFF', 'the write-off to be booked');
  expect(await ask(loan, asked.body.changeId)).toMatchObject({ status: 200, body: { state: 'applied' } });
  expect(await balancesOf(loan)).toEqual({ '1002': `-${PRINCIPAL}`, '1304': `${PRINCIPAL}`, '9002': `${PRINCIPAL}`, '9999': `-${PRINCIPAL}` });
  expect(await shown(loan)).toMatchObject({ outstandingPrincipalMinor: String(PRINCIPAL), loanClass: 'LOSS' });
  expect(await monitoring.test.event(loan.loanId, 'written-off')).toMatchObject({ payload: { principalMinor: String(PRINCIPAL), ground: BODY.ground } });
  const { rows } = await monitoring.test.pool.query('select status_from, status_to, evidence from loan_history where loan_id = $1 order by seq desc limit 1', [
    loan.loanId,
  ]);
  expect(rows[0]).toMatchObject({ status_from: 'OVERDUE', status_to: 'WRITTEN_OFF', evidence: { requestedBy: 'olga', ...BODY } });
  expect(rows[0]!.evidence.decidedBy.toSorted()).toEqual(['carla', 'dora', 'rita']);
  expect(await shown(neighbour)).toMatchObject({ status: 'OVERDUE' });
}, 180_000);

test('R-PL-06: money for a loan that was written off is a recovery, the borrower still owes, and a recovery that is taken back is owed again', async () => {
  const loan = await writtenOff();
  const part = newId();
  await pay(loan, 1_000_000n, part);
  expect(await monitoring.test.event(loan.loanId, 'recovery-received')).toMatchObject({ payload: { repaymentId: part, amountMinor: '1000000' } });
  const { outstandingPrincipalMinor, status } = await shown(loan);
  expect([status, outstandingPrincipalMinor]).toEqual(['WRITTEN_OFF', String(PRINCIPAL - 1_000_000n)]);
  // Long overdue, so that money pays principal first (M-RS-06).
  expect(await balancesOf(loan)).toMatchObject({ '1304': outstandingPrincipalMinor, '9002': outstandingPrincipalMinor });

  const rest = newId();
  const { payoff } = await shown(loan);
  await pay(loan, payoff.toPayMinor, rest);
  expect(await shown(loan)).toMatchObject({ status: 'SETTLED', outstandingPrincipalMinor: '0' });
  const settled = await balancesOf(loan);
  expect([settled['1303'], settled['1304'], settled['9002']]).toEqual([undefined, undefined, undefined]);

  const officer = of(loan.tenantId, 'pan', 'payment_officer');
  await monitoring.test.call('PUT', `/loans/${loan.loanId}/reversals/${newId()}`, officer, { repaymentId: rest, reason: 'bounced' });
  const { taskId } = (await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId: rest }))!;
  await sayAbout(monitoring.test, REPAYMENT_REVERSAL, taskId, { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => (await shown(loan)).status === 'WRITTEN_OFF', 'the claim to be open again');
  expect(await balancesOf(loan)).toMatchObject({ '9002': String(PRINCIPAL - 1_000_000n) });
  const types = await monitoring.test.eventTypes(loan.loanId);
  expect(types.slice(-6)).toEqual([
    'repayment-reversed',
    'loan-reopened',
    'status-changed',
    'overdue-started',
    'collection-stage-changed',
    'collection-case-opened',
  ]);
}, 180_000);

test('F17: money that counts from before the write-off and becomes known after it makes what was written off less', async () => {
  const loan = await writtenOff();
  await pay(loan, 500_000n, newId(), addDays(monitoring.today, -10));
  const left = String(PRINCIPAL - 500_000n);
  expect(await balancesOf(loan)).toEqual({ '1002': `-${left}`, '1304': left, '9002': left, '9999': `-${left}` });
  const { rows } = await monitoring.test.pool.query<{ kind: string }>('select source_kind as kind from journal_entry where loan_id = $1 order by seq', [
    loan.loanId,
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual(['LOAN_BOOKED', 'WRITTEN_OFF', 'REPAYMENT', 'REVERSAL', 'WRITTEN_OFF']);
}, 180_000);

test('R-UW-05: who asks does not vote, a member votes once, a conflict takes a seat, the head of risk is heard, and a veto keeps the loan', async () => {
  const loan = await lossOf();
  const { taskId, changeId } = (await ask(loan)).body;
  expect(await say(loan, taskId, 'olga', `votes/${newId()}`, YES, 'risk_officer')).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  expect(await say(loan, taskId, 'carla', `votes/${newId()}`, { ...YES, reasonCode: 'MEANS_LEFT' })).toMatchObject({
    status: 400,
    body: { code: 'REASON_UNKNOWN' },
  });
  const voteId = newId();
  for (const status of [200, 200]) expect((await say(loan, taskId, 'carla', `votes/${voteId}`, YES)).status).toBe(status);
  expect(await say(loan, taskId, 'carla', `votes/${newId()}`, NO)).toMatchObject({ status: 409, body: { code: 'ALREADY_VOTED' } });
  await say(loan, taskId, 'dora', `conflicts/${newId()}`, { reason: 'I know the owner.' });
  expect(await say(loan, taskId, 'carla', `conclusions/${newId()}`)).toMatchObject({ status: 409, body: { code: 'VOTE_INCOMPLETE' } });
  expect((await say(loan, taskId, 'rita', `votes/${newId()}`, NO, 'risk_officer')).body).toMatchObject({
    status: 'decided',
    outcome: 'refuse',
    because: 'VETO',
    votes: [{ voter: 'carla' }, { voter: 'rita', hasVeto: true }],
    conflicts: [{ voter: 'dora', reason: 'I know the owner.' }],
  });
  await until(async () => (await ask(loan, changeId)).body.state === 'refused', 'the refusal to be written');
  expect(await shown(loan)).toMatchObject({ status: 'OVERDUE' });
  expect(await ask(loan)).toMatchObject({ status: 202 });
}, 180_000);

test('R-OP-06: a loan of another class, of another lender, or without the role is not written off; one question at a time', async () => {
  const loan = await lossOf();
  const writeOffId = newId();
  expect((await ask({ ...loan, tenantId: 'another' })).status).toBe(404);
  const approver = of(loan.tenantId, 'carla', 'credit_approver');
  expect((await monitoring.test.call('PUT', `/loans/${loan.loanId}/write-offs/${newId()}`, approver, BODY)).status).toBe(403);
  expect(await ask(loan, newId(), { ground: 'because' })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  const asked = await ask(loan, writeOffId);
  expect(await ask(loan, writeOffId, { ground: 'long_demanded' })).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await ask(loan)).toMatchObject({ status: 409, body: { code: 'CHANGE_WAITS_ALREADY' } });
  const stranger = of('another', 'carla', 'credit_approver');
  const path = `/loans/${loan.loanId}/committees/${asked.body.taskId}`;
  expect((await monitoring.test.call('GET', path, stranger)).status).toBe(404);
  expect((await monitoring.test.call('GET', path, approver)).body).toMatchObject({ status: 'open', votes: [], outcome: null });
  const late = await neverPaid(monitoring, '2026-05-02');
  expect(await ask(late)).toMatchObject({ status: 409, body: { code: 'CLASS_NOT_LOSS' } });
  const fresh = await neverPaid(monitoring, monitoring.today);
  expect(await ask(fresh)).toMatchObject({ status: 409, body: { code: 'LOAN_STATUS_WRONG' } });
}, 180_000);

async function pay({ loanId }: OwnedLoan, amountMinor: bigint | string, repaymentId: string, valueOn = monitoring.today): Promise<void> {
  expect(await monitoring.pay(loanId, amountMinor, { valueOn }, repaymentId)).toMatchObject({ repaymentId });
}
