import { newId } from '@millrace/contracts';
import { openTask } from '@millrace/tasks';
import { TransactionRunner } from '@millrace/messaging';
import { sayAbout, taskAbout, until } from '@millrace/testing';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_AMOUNT } from './repayment-amount.task.js';

// Goal (F18): what a version before has held for two persons is still decided, and books nothing by itself. Method: the real service, decisions as lendctl makes them.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(() => monitoring.stop());

const HOLD = `
insert into held_repayment (loan_id, repayment_id, held_id, tenant_id, amount_minor, currency, bank_reference, received_on, content_sha256, recorded_at, recorded_by)
values ($1, $2, $3, 't1', 100000000, 'CNY', $4, '2026-03-02', $5, now(), 'demo-partner')`;

/** As the version before has held it, under the hash of what was reported. */
async function held(loanId: string, repaymentId: string, bankReference: string): Promise<void> {
  const probe = newId();
  const { body } = await monitoring.report(loanId, '100000000', { bankReference: 'probe' }, probe);
  expect(body.state).toBe('announced');
  const { rows } = await monitoring.test.pool.query<{ sha: string }>('select content_sha256 as sha from announcement where repayment_id = $1', [probe]);
  const sha = rows[0]!.sha;
  await monitoring.test.pool.query('delete from announcement where repayment_id = $1', [probe]);
  const runner = new TransactionRunner({ pool: monitoring.test.pool, source: 'post-loan-monitoring', clock: monitoring.test.clock });
  await runner.run({ actor: { kind: 'system', id: 'test' }, causationId: newId() }, async (tx) => {
    const question = { subjectId: loanId, subject: { loanId, repaymentId }, tenantId: 't1', facts: {} };
    const taskId = await openTask(tx, REPAYMENT_AMOUNT, question, monitoring.test.clock.now());
    await tx.query(HOLD, [loanId, repaymentId, taskId, bankReference, sha]);
  });
}

async function decide(repaymentId: string, decision: 'accept' | 'refuse'): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, REPAYMENT_AMOUNT, { repaymentId }))!;
  const reason = decision === 'accept' ? 'BANK_STATEMENT_SEEN' : 'BANK_SHOWS_OTHERWISE';
  await sayAbout(monitoring.test, REPAYMENT_AMOUNT, taskId, { decision, reason }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, REPAYMENT_AMOUNT, { repaymentId })), 'the decision to be applied');
}

test.each(['accept', 'refuse'] as const)('%sed by two persons', async (decision) => {
  const { loanId } = await monitoring.book();
  const id = newId();
  await held(loanId, id, 'probe');
  const report = (asked: string) => monitoring.report(loanId, '100000000', { bankReference: 'probe' }, asked);
  expect(await report(id)).toMatchObject({ status: 202, body: { state: 'held', reason: 'MORE_THAN_OWED', waitsUntil: null } });
  expect(await report(newId())).toMatchObject({ status: 202, body: { state: 'held', duplicateOf: id } });
  await decide(id, decision);
  const after = await report(id);
  if (decision === 'accept') expect(after).toMatchObject({ status: 202, body: { state: 'announced' } });
  else expect(after).toMatchObject({ status: 409, body: { code: 'REPAYMENT_REFUSED' } });
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'ACTIVE', heldMinor: '0', outstandingPrincipalMinor: '30000000' });
  await monitoring.test.pool.query('delete from announcement where loan_id = $1', [loanId]);
});
