import { addDays } from '@millrace/finance';
import { bookLate, bookOf, endPools, newTenant, runnerOf } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { standAgain } from './stand-again.js';

// Method: the real service on real PostgreSQL; what a movement leaves of the loan is written as the books write it, with the standing in the same transaction.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  await endPools();
  await monitoring.stop();
});

const BOOKED = '2026-03-02';
const DUE = '2026-04-02';
const SYSTEM = { actor: { kind: 'system', id: 'test' }, causationId: 'test' } as const;

/** Leaves a loan with another oldest due date, or none, on a day. */
async function move(loanId: string, oldestDueOn: string | null, on: string, fail = false): Promise<void> {
  await runnerOf(monitoring).run(SYSTEM, async (tx) => {
    await tx.query('select 1 from loan where loan_id = $1 for no key update', [loanId]);
    const settle = `update loan set oldest_due_on = null, status = 'SETTLED', live = false, settled_on = $2::date, outstanding_principal_minor = 0 where loan_id = $1`;
    await tx.query(oldestDueOn === null ? settle : 'update loan set oldest_due_on = $2 where loan_id = $1', [loanId, oldestDueOn ?? on]);
    await standAgain(tx, { loanId }, on, monitoring.test.clock.now());
    if (fail) throw new Error('the repayment is refused');
  });
}

async function standingOf(loanId: string): Promise<unknown> {
  const sql =
    'select bucket, loan_class as class, ecl_stage as stage, through::text, bucket_on::text as "bucketOn", changes from loan_standing where loan_id = $1';
  return (await monitoring.test.pool.query(sql, [loanId])).rows[0];
}

const typesOf = async (loanId: string): Promise<string[]> => (await monitoring.test.eventTypes(loanId)).filter((type) => type !== 'loan-booked');

async function stepsOf(loanId: string): Promise<string[]> {
  const { rows } = await monitoring.test.pool.query<{ trigger: string; to: string }>(
    'select trigger, status_to as to from loan_history where loan_id = $1 order by seq',
    [loanId],
  );
  return rows.map(({ trigger, to }) => `${trigger} ${to}`);
}

/** A loan of a tenant of its own, closed through some days past due, beside one of another tenant that is as late. */
async function lateBy(days: number): Promise<{ tenantId: string; loanId: string; otherId: string }> {
  const [tenantId, other] = [newTenant(), newTenant()];
  const [loanId, otherId] = [await bookLate(monitoring, tenantId), await bookLate(monitoring, other)];
  for (const one of [tenantId, other]) for (const day of [BOOKED, addDays(DUE, days)]) await bookOf(monitoring).closeTenant(one, day);
  return { tenantId, loanId, otherId };
}

test('S17: a loan that is paid at 40 days past due is cured and normal at once, in the transaction of the repayment; another is not touched', async () => {
  const { tenantId, loanId, otherId } = await lateBy(39);
  const on = addDays(DUE, 40);
  await expect(move(loanId, '2026-06-02', on, true)).rejects.toThrow('refused');
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M2', changes: 3 });
  await move(loanId, '2026-06-02', on);
  expect(await standingOf(loanId)).toEqual({ bucket: 'M0', class: 'NORMAL', stage: 1, through: addDays(DUE, 39), bucketOn: on, changes: 4 });
  expect((await typesOf(loanId)).slice(-5)).toEqual(['cured', 'classified', 'collection-stage-changed', 'status-changed', 'collection-case-closed']);
  expect(await stepsOf(loanId)).toEqual(['LoanActivated ACTIVE', 'DueDateMissed OVERDUE', 'ArrearsCleared ACTIVE']);
  expect(await stepsOf(otherId)).toEqual(['LoanActivated ACTIVE', 'DueDateMissed OVERDUE']);
  expect(await standingOf(otherId)).toMatchObject({ bucket: 'M2', changes: 3 });
  await bookOf(monitoring).closeTenant(tenantId, '2026-06-02');
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M0', changes: 4 });
  await bookOf(monitoring).closeTenant(tenantId, '2026-06-03');
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M1', class: 'SPECIAL_MENTION', changes: 5 });
});

test('a repayment of a part leaves the loan as late as its oldest due is', async () => {
  const { loanId } = await lateBy(39);
  await move(loanId, '2026-05-02', addDays(DUE, 40));
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M1', class: 'SPECIAL_MENTION', stage: 1 });
  expect((await typesOf(loanId)).slice(-3)).toEqual(['overdue-bucket-changed', 'classified', 'collection-stage-changed']);
});

test('a day that has not ended makes no loan late: its close does', async () => {
  const { tenantId, loanId } = await lateBy(0);
  await move(loanId, DUE, addDays(DUE, 1));
  expect(await standingOf(loanId)).toBeUndefined();
  await bookOf(monitoring).closeTenant(tenantId, addDays(DUE, 1));
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M1', changes: 1 });
});

test('a repayment that is taken back makes the loan as late as it was, at once and not at the next turn', async () => {
  const { loanId } = await lateBy(39);
  await move(loanId, '2026-06-02', addDays(DUE, 40));
  await move(loanId, DUE, addDays(DUE, 45));
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M2', class: 'SPECIAL_MENTION', stage: 2, bucketOn: addDays(DUE, 45) });
});

test('G-CL-12: a loan that was non-performing and is paid leaves its class on the day on which its conduct was good for long enough', async () => {
  const { tenantId, loanId, otherId } = await lateBy(95);
  const paidOn = addDays(DUE, 96);
  await move(loanId, '2026-08-02', paidOn);
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M0', class: 'SUBSTANDARD', stage: 3 });
  // It goes on paying: the next due is always ahead.
  await runnerOf(monitoring).run(SYSTEM, (tx) => tx.query(`update loan set oldest_due_on = '2027-03-02' where loan_id = $1`, [loanId]));
  await bookOf(monitoring).closeTenant(tenantId, '2027-01-06');
  expect(await standingOf(loanId)).toMatchObject({ class: 'SUBSTANDARD' });
  await bookOf(monitoring).closeTenant(tenantId, '2027-01-07');
  expect(await standingOf(loanId)).toMatchObject({ class: 'NORMAL', stage: 1, through: '2027-01-07' });
  expect(await standingOf(otherId)).toMatchObject({ class: 'SUBSTANDARD' });
}, 180_000);

test('a loan that is settled late is cured, and a close of an earlier day that was missed does not bring its lateness back', async () => {
  const { tenantId, loanId } = await lateBy(39);
  await move(loanId, null, addDays(DUE, 50));
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M0', class: 'SPECIAL_MENTION' });
  await bookOf(monitoring).closeTenant(tenantId, addDays(DUE, 60));
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M0', changes: 4 });
});

test('nothing is written for a loan that was never late', async () => {
  const [loanId, otherId] = [await bookLate(monitoring, newTenant()), await bookLate(monitoring, newTenant())];
  await move(loanId, '2026-05-02', DUE);
  expect([await standingOf(loanId), await standingOf(otherId)]).toEqual([undefined, undefined]);
});

test('G-CL-12: a movement on the day of the review lifts no loan out of its class; the close of that day does, or leaves it', async () => {
  const { tenantId, loanId } = await lateBy(95);
  await move(loanId, '2026-08-02', addDays(DUE, 96));
  // All was paid until now, and what fell due on 6 January is not.
  await runnerOf(monitoring).run(SYSTEM, (tx) => tx.query(`update loan set oldest_due_on = '2027-01-06' where loan_id = $1`, [loanId]));
  await bookOf(monitoring).closeTenant(tenantId, '2027-01-06');
  await move(loanId, '2027-01-06', '2027-01-07');
  expect(await standingOf(loanId)).toMatchObject({ class: 'SUBSTANDARD', stage: 3 });
  await bookOf(monitoring).closeTenant(tenantId, '2027-01-07');
  expect(await standingOf(loanId)).toMatchObject({ bucket: 'M1', class: 'SUBSTANDARD' });
}, 180_000);
