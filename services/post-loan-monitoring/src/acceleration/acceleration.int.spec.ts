import { newId } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import type { Principal } from '@millrace/service';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { CLAUSES as ALL_CLAUSES } from '../../test/loans.js';
import { endPools } from '../../test/close-loans.js';
import { neverPaid, type OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { ACCELERATION } from './acceleration.task.js';

// Goal (R-PL-06, G-EC-06): a loan is called in after notice and legal review, and all of it is due from that day on. Method: the real service, decisions as lendctl makes them.
const CLAUSES = { ...ALL_CLAUSES, prepaymentFeeBps: 100, holidayCalendar: null } as const;
const DISBURSED = '2026-03-02';
const TODAY = addDays('2026-04-02', 66);
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
  monitoring.goTo(TODAY);
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const of = (tenantId: string, id: string, ...roles: string[]): Principal => ({ ...staff(id, ...roles), tenantId });
const BODY = { ground: 'long_overdue', noticeServedOn: addDays(TODAY, -5), noticeChannel: 'registered_mail', noticeSha256: 'b'.repeat(64) };

const ask = ({ tenantId, loanId }: OwnedLoan, change: Record<string, unknown> = {}, id = newId()): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/accelerations/${id}`, of(tenantId, 'olga', 'risk_officer'), { ...BODY, ...change });

async function decide(changeId: string, decision: 'apply' | 'refuse'): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, ACCELERATION, { changeId }))!;
  const reason = decision === 'apply' ? 'EVIDENCE_SEEN' : 'EVIDENCE_LACKING';
  await sayAbout(monitoring.test, ACCELERATION, taskId, { decision, reason }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, ACCELERATION, { changeId })), 'the decision to be applied');
}

const shown = async ({ tenantId, loanId }: OwnedLoan): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}`, of(tenantId, 'aida', 'auditor'))).body;
const pay = ({ loanId }: OwnedLoan, amountMinor: bigint | string): Promise<Answer['body']> => monitoring.pay(loanId, amountMinor);

test('R-PL-06, G-EC-06: two persons call a late loan in: all of it is due without a fee, the next day the penalty is on all of it, and the last fen ends it', async () => {
  const loan = await neverPaid(monitoring, DISBURSED, { clauses: CLAUSES });
  const neighbour = await neverPaid(monitoring, DISBURSED, { clauses: CLAUSES });
  const before = await shown(loan);
  const asked = await ask(loan);
  expect(asked).toMatchObject({ status: 202, body: { kind: 'acceleration', state: 'requested' } });
  expect(await shown(loan)).toEqual(before);
  await decide(asked.body.changeId, 'apply');
  const called = await shown(loan);
  expect(called).toMatchObject({ status: 'ACCELERATED', nextDue: null, outstandingPrincipalMinor: '30000000', dpd: 66 });
  expect(BigInt(called.dueMinor) > 30_000_000n).toBe(true);
  expect(called.payoff).toMatchObject({ totalMinor: called.dueMinor, feesMinor: '0' });
  const { body: schedule } = await monitoring.test.call('GET', `/loans/${loan.loanId}/schedule`, of(loan.tenantId, 'aida', 'auditor'));
  expect(new Set(schedule.items.map(({ status }: { status: string }) => status))).toEqual(new Set(['overdue', 'due']));
  expect(await monitoring.test.event(loan.loanId, 'accelerated')).toMatchObject({ payload: { on: TODAY, ground: 'long_overdue' } });
  expect(await shown(neighbour)).toMatchObject({ status: 'OVERDUE' });

  monitoring.goTo(addDays(TODAY, 10));
  const [later, other] = [await shown(loan), await shown(neighbour)];
  // 6.35% raised by 40% for ten days of 360 on all of the principal, beside what was late before.
  const more = BigInt(later.penaltyMinor) - BigInt(called.penaltyMinor);
  expect(Number(more)).toBeCloseTo((30_000_000 * 0.0635 * 1.4 * 10) / 360, -1);
  expect(BigInt(other.penaltyMinor) < BigInt(later.penaltyMinor)).toBe(true);
  await pay(loan, 1_000_000n);
  expect(await shown(loan)).toMatchObject({ status: 'ACCELERATED' });
  await pay(loan, (await shown(loan)).payoff.toPayMinor);
  expect(await shown(loan)).toMatchObject({ status: 'SETTLED', outstandingPrincipalMinor: '0', heldMinor: '0' });
}, 180_000);

test('R-PL-06, M-RC-01: a loan is not called in for lateness that is none, nor with a notice to come, nor where two persons refuse; a breach calls one in that is not late', async () => {
  const fresh = await neverPaid(monitoring, monitoring.today);
  const served = { noticeServedOn: monitoring.today };
  expect(await ask(fresh, served)).toMatchObject({ status: 409, body: { code: 'NOT_LATE_ENOUGH' } });
  expect(await ask(fresh, { ground: 'breach', noticeServedOn: addDays(monitoring.today, 1) })).toMatchObject({
    status: 422,
    body: { code: 'NOTICE_NOT_SERVED' },
  });
  const refused = await ask(fresh, { ground: 'breach', ...served });
  await decide(refused.body.changeId, 'refuse');
  expect(await shown(fresh)).toMatchObject({ status: 'ACTIVE' });
  const again = await ask(fresh, { ground: 'breach', ...served });
  await decide(again.body.changeId, 'apply');
  expect(await shown(fresh)).toMatchObject({ status: 'ACCELERATED', dpd: 0, dueMinor: '30000000' });
  monitoring.goTo(addDays(monitoring.today, 4));
  expect(await shown(fresh)).toMatchObject({ status: 'ACCELERATED', dpd: 4 });
  expect((await ask({ ...fresh, tenantId: 'another' })).status).toBe(404);
}, 180_000);

test('G-EC-06, M-RC-01: arrears that are paid before the two persons agree are no ground any more', async () => {
  const loan = await neverPaid(monitoring, DISBURSED, { clauses: CLAUSES });
  const asked = await ask(loan, { noticeServedOn: monitoring.today });
  await pay(loan, (await shown(loan)).dueMinor);
  expect(await shown(loan)).toMatchObject({ status: 'ACTIVE', dpd: 0 });
  const { changeId } = asked.body;
  const { taskId } = (await taskAbout(monitoring.test, ACCELERATION, { changeId }))!;
  await sayAbout(monitoring.test, ACCELERATION, taskId, { decision: 'apply', reason: 'EVIDENCE_SEEN' }, 'Li Na', 'Wang Wei');
  const failure = async (): Promise<string | null> =>
    (await monitoring.test.pool.query<{ failure: string | null }>('select failure from task where task_id = $1', [taskId])).rows[0]!.failure;
  expect(await until(failure, 'the decision to be sent back')).toContain('not late enough');
  expect(await shown(loan)).toMatchObject({ status: 'ACTIVE' });
}, 180_000);
