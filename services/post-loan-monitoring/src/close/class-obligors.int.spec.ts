import { newId } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { staff } from '@millrace/testing';
import { bookLate, bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Goal (G-CL-05, G-CL-10): loans of one obligor at one lender class each other at the end of a day and when one goes bad, and stand by themselves again once
// it is cured. Method: the real service on real PostgreSQL; each firm borrows from a second lender too, whose loans nothing may touch.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const BOOKED = '2026-03-02';
/** The bad loan is 90 days late at the end of the day after the booking. */
const DUE = '2025-12-03';

interface Firm {
  readonly tenantId: string;
  readonly uscc: string;
  /** The loan that goes bad. */
  readonly bad: string;
  /** A loan of the same firm on which everything is paid. */
  readonly sound: string;
  /** A loan of another firm, and one of the same firm at another lender. */
  readonly strangers: readonly string[];
}

let firms = 0;
/** A firm with two loans here and one elsewhere; the bad one is 89 days late at the end of the day of the booking. */
async function firmWith(badMinor: string, soundMinor: string): Promise<Firm> {
  const uscc = `91990100OB${String((firms += 1)).padStart(8, '0')}`;
  const [tenantId, otherTenantId] = [newTenant(), newTenant()];
  const bad = await bookLate(monitoring, tenantId, 0, { uscc, principalMinor: badMinor });
  const sound = await bookLate(monitoring, tenantId, 0, { uscc, principalMinor: soundMinor });
  const strangers = [await bookLate(monitoring, tenantId), await bookLate(monitoring, otherTenantId, 0, { uscc })];
  await monitoring.test.pool.query(`update loan set oldest_due_on = '2029-01-01' where loan_id = any($1)`, [[sound, ...strangers]]);
  await monitoring.test.pool.query('update loan set oldest_due_on = $2 where loan_id = $1', [bad, DUE]);
  for (const one of [tenantId, otherTenantId]) await bookOf(monitoring).closeTenant(one, BOOKED);
  return { tenantId, uscc, bad, sound, strangers };
}

async function classesOf(...loanIds: readonly string[]): Promise<string[]> {
  const sql = 'select loan_id as "loanId", loan_class as "loanClass" from loan_standing where loan_id = any($1)';
  const { rows } = await monitoring.test.pool.query<{ loanId: string; loanClass: string }>(sql, [loanIds]);
  return loanIds.map((loanId) => rows.find((row) => row.loanId === loanId)?.loanClass ?? 'NORMAL');
}

const historyOf = async (loanId: string): Promise<unknown[]> => {
  const sql =
    'select valid_on::text as on, loan_class as class, ecl_stage as stage, class_rules as rules, cause from loan_standing_history where loan_id = $1 order by seq';
  return (await monitoring.test.pool.query(sql, [loanId])).rows;
};
const close = ({ tenantId }: Firm, day: IsoDate): Promise<boolean> => bookOf(monitoring).closeTenant(tenantId, day);
/** Nothing is owed on the bad loan from a day on. */
async function payOff({ bad }: Firm, on: IsoDate): Promise<void> {
  const sql = `update loan set live = false, status = 'SETTLED', settled_on = $2, oldest_due_on = null, outstanding_principal_minor = 0 where loan_id = $1`;
  await monitoring.test.pool.query(sql, [bad, on]);
}
const endsOf = async ({ tenantId, strangers }: Firm): Promise<string[]> => {
  await close({ tenantId } as Firm, addDays(DUE, 92));
  return classesOf(...strangers);
};

test('G-CL-10: a loan that is non-performing at the end of a day takes the other loans of its obligor along, on that day and no other, once', async () => {
  const firm = await firmWith('20000000', '30000000');
  await close(firm, addDays(DUE, 90));
  expect(await classesOf(firm.bad, firm.sound)).toEqual(['SPECIAL_MENTION', 'NORMAL']);
  await close(firm, addDays(DUE, 91));
  expect(await classesOf(firm.bad, firm.sound)).toEqual(['SUBSTANDARD', 'SUBSTANDARD']);
  const seen = { on: addDays(DUE, 91), class: 'SUBSTANDARD', stage: 3, rules: ['G-CL-10'], cause: 'close' };
  expect(await historyOf(firm.sound)).toEqual([seen]);
  expect((await monitoring.test.event(firm.sound, 'classified')).payload).toMatchObject({ dpd: 0, loanClass: 'SUBSTANDARD', loanClassBefore: 'NORMAL' });
  expect((await historyOf(firm.bad)).at(-1)).toMatchObject({ on: addDays(DUE, 91), rules: ['G-CL-06'] });
  expect(await endsOf(firm)).toEqual(['NORMAL', 'NORMAL']);
  expect(await historyOf(firm.sound)).toEqual([seen]);
});

test('G-CL-05: up to a tenth of what the obligor owes keeps the others at special mention, and they are normal on the day after the bad one is paid off', async () => {
  const firm = await firmWith('3000000', '30000000');
  await close(firm, addDays(DUE, 91));
  expect(await classesOf(firm.bad, firm.sound)).toEqual(['SUBSTANDARD', 'SPECIAL_MENTION']);
  await payOff(firm, addDays(DUE, 92));
  await close(firm, addDays(DUE, 92));
  expect(await classesOf(firm.sound, ...firm.strangers)).toEqual(['NORMAL', 'NORMAL', 'NORMAL']);
  expect(await historyOf(firm.sound)).toMatchObject([
    { on: addDays(DUE, 91), rules: ['G-CL-05'] },
    { on: addDays(DUE, 92), class: 'NORMAL', rules: [] },
  ]);
});

test('G-CL-10: what becomes known of one loan classes the others at once', async () => {
  const firm = await firmWith('20000000', '30000000');
  const by = { ...staff('rita', 'risk_officer'), tenantId: firm.tenantId };
  const body = { kind: 'bankruptcy', from: BOOKED, reason: 'monitoring_report' };
  expect(await monitoring.test.call('PUT', `/loans/${firm.bad}/class-facts/${newId()}`, by, body)).toMatchObject({ status: 201 });
  expect(await classesOf(firm.bad, firm.sound, ...firm.strangers)).toEqual(['LOSS', 'SUBSTANDARD', 'NORMAL', 'NORMAL']);
  expect(await historyOf(firm.sound)).toEqual([{ on: BOOKED, class: 'SUBSTANDARD', stage: 3, rules: ['G-CL-10'], cause: 'fact' }]);
});

test('G-CL-10: loans that a bad one keeps down do not keep each other down once it is paid off', async () => {
  const firm = await firmWith('20000000', '30000000');
  const third = await bookLate(monitoring, firm.tenantId, 0, { uscc: firm.uscc });
  await monitoring.test.pool.query(`update loan set oldest_due_on = '2029-01-01' where loan_id = $1`, [third]);
  const heldOn = async (day: IsoDate): Promise<unknown[]> => {
    await close(firm, day);
    const sql = 'select own_class as own, obligor_rule as rule from loan_standing where loan_id = any($1)';
    return (await monitoring.test.pool.query(sql, [[firm.sound, third]])).rows;
  };
  expect(await heldOn(addDays(DUE, 91))).toEqual([1, 2].map(() => ({ own: 'NORMAL', rule: 'G-CL-10' })));
  await payOff(firm, addDays(DUE, 92));
  expect(await heldOn(addDays(DUE, 92))).toEqual([1, 2].map(() => ({ own: 'NORMAL', rule: null })));
});

test('a loan whose money is being moved keeps the close waiting for its obligor alone, and is classed when it is free', async () => {
  const firm = await firmWith('20000000', '30000000');
  await close(firm, addDays(DUE, 90));
  const payer = await monitoring.test.pool.connect();
  await payer.query('begin');
  await payer.query('select 1 from loan where loan_id = $1 for update', [firm.sound]);
  const closing = close(firm, addDays(DUE, 91));
  for (let turn = 0; turn < 200 && (await classesOf(firm.bad))[0] !== 'SUBSTANDARD'; turn += 1) await new Promise((resume) => setTimeout(resume, 10));
  expect(await classesOf(firm.bad, firm.sound)).toEqual(['SUBSTANDARD', 'NORMAL']);
  await payer.query('commit');
  payer.release();
  expect(await closing).toBe(true);
  expect(await classesOf(firm.sound)).toEqual(['SUBSTANDARD']);
});
