import { newId } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { staff } from '@millrace/testing';
import { decideChange, DOCUMENT } from '../../test/change-loans.js';
import { bookLate, bookOf, endPools, newTenant, runnerOf } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { GUARANTEE } from '../guarantee/guarantee.tasks.js';
import { standAgain } from '../standing/stand-again.js';
import type { CloseProgress } from './close-book.js';

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
const SETTLE = `update loan set live = false, status = 'SETTLED', settled_on = $2, oldest_due_on = null, outstanding_principal_minor = 0 where loan_id = $1`;
/** Nothing is owed on the bad loan from a day on. */
async function payOff({ bad }: Firm, on: IsoDate): Promise<void> {
  await monitoring.test.pool.query(SETTLE, [bad, on]);
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

const OWE_AGAIN = `update loan set live = true, status = 'OVERDUE', settled_on = null, oldest_due_on = $2, outstanding_principal_minor = principal_minor where loan_id = $1`;

/** Leaves a loan as a movement of a day does, with its standing in the same transaction. */
async function move(loanId: string, sql: string, value: IsoDate, on: IsoDate): Promise<void> {
  await runnerOf(monitoring).run({ actor: { kind: 'system', id: 'test' }, causationId: 'test' }, async (tx) => {
    await tx.query(sql, [loanId, value]);
    await standAgain(tx, { loanId }, on, monitoring.test.clock.now());
  });
}

test('G-CL-05: up to a tenth of what the obligor owes keeps the others at special mention, until the close of the day on which the bad one is paid off', async () => {
  const firm = await firmWith('3000000', '30000000');
  await close(firm, addDays(DUE, 91));
  expect(await classesOf(firm.bad, firm.sound)).toEqual(['SUBSTANDARD', 'SPECIAL_MENTION']);
  const kept = `select s.bucket_on = l.disbursed_on as "isInTimeSincePayout" from loan_standing s join loan l using (loan_id) where loan_id = $1`;
  expect((await monitoring.test.pool.query(kept, [firm.sound])).rows).toEqual([{ isInTimeSincePayout: true }]);
  // It is paid off on a day of which the day before is not closed yet: that one makes nothing better.
  await move(firm.bad, SETTLE, addDays(DUE, 93), addDays(DUE, 93));
  await close(firm, addDays(DUE, 92));
  expect(await classesOf(firm.sound)).toEqual(['SPECIAL_MENTION']);
  await close(firm, addDays(DUE, 93));
  expect(await classesOf(firm.sound, ...firm.strangers)).toEqual(['NORMAL', 'NORMAL', 'NORMAL']);
  // The bank takes the money back: the loan is bad debt again, and takes the other along at once.
  await move(firm.bad, OWE_AGAIN, DUE, addDays(DUE, 94));
  expect(await classesOf(firm.bad, firm.sound, ...firm.strangers)).toEqual(['SUBSTANDARD', 'SPECIAL_MENTION', 'NORMAL', 'NORMAL']);
  expect(await historyOf(firm.sound)).toMatchObject([
    { on: addDays(DUE, 91), rules: ['G-CL-05'], cause: 'close' },
    { on: addDays(DUE, 93), class: 'NORMAL', rules: [], cause: 'close' },
    { on: addDays(DUE, 94), rules: ['G-CL-05'], cause: 'movement' },
  ]);
});

test('a firm that turns up after the shares of a day were made belongs to the next day, so that no posted interest is of another class', async () => {
  const firm = await firmWith('20000000', '30000000');
  await close(firm, addDays(DUE, 90));
  const [day, owedBy] = [addDays(DUE, 91), 'update loan set uscc = $2 where loan_id = $1'];
  await monitoring.test.pool.query(owedBy, [firm.sound, '91990100NOBODY0000']);
  let isStopped = false;
  const progress = ({ step }: CloseProgress): void => void (isStopped ||= step === 'accrue-book');
  expect(await bookOf(monitoring).closeTenant(firm.tenantId, day, { progress, isStopped: () => isStopped })).toBe(false);
  const lookedAt = 'select obligor_on::text as on from loan_standing where loan_id = $1';
  // A bad loan without another one is looked at once a day.
  expect((await monitoring.test.pool.query(lookedAt, [firm.bad])).rows).toEqual([{ on: day }]);
  await monitoring.test.pool.query('update loan_standing set obligor_on = null where loan_id = $1', [firm.bad]);
  await monitoring.test.pool.query(owedBy, [firm.sound, firm.uscc]);
  await close(firm, day);
  expect(await classesOf(firm.bad, firm.sound)).toEqual(['SUBSTANDARD', 'NORMAL']);
  await close(firm, addDays(day, 1));
  expect(await historyOf(firm.sound)).toMatchObject([{ on: addDays(day, 1), rules: ['G-CL-10'] }]);
});

test('G-CL-10: what becomes known of one loan classes the others at once', async () => {
  const firm = await firmWith('20000000', '30000000');
  const by = { ...staff('rita', 'risk_officer'), tenantId: firm.tenantId };
  const guaranteeId = newId();
  const guarantee = { guarantorRef: 'GUARANTOR-0005', kind: 'joint', limitMinor: '30000000', contractSha256: DOCUMENT };
  const recorder = { ...staff('olga', 'account_manager'), tenantId: firm.tenantId };
  expect((await monitoring.test.call('PUT', `/loans/${firm.sound}/guarantees/${guaranteeId}`, recorder, guarantee)).status).toBe(202);
  await decideChange(monitoring, GUARANTEE, guaranteeId, 'apply');
  // It lapses on the day before, which is not closed yet.
  const lapse = 'update guarantee set matures_on = $2::date - 30, lapses_on = $2::date where guarantee_id = $1';
  await monitoring.test.pool.query(lapse, [guaranteeId, addDays(BOOKED, -1)]);
  const body = { kind: 'bankruptcy', from: BOOKED, reason: 'monitoring_report' };
  expect(await monitoring.test.call('PUT', `/loans/${firm.bad}/class-facts/${newId()}`, by, body)).toMatchObject({ status: 201 });
  expect(await classesOf(firm.bad, firm.sound, ...firm.strangers)).toEqual(['LOSS', 'SUBSTANDARD', 'NORMAL', 'NORMAL']);
  expect((await historyOf(firm.sound)).at(-1)).toEqual({ on: BOOKED, class: 'SUBSTANDARD', stage: 3, rules: ['G-CL-10'], cause: 'fact' });
  const kept = 'select guarantee_status as status from loan_standing where loan_id = $1';
  expect((await monitoring.test.pool.query(kept, [firm.sound])).rows).toEqual([{ status: 'lapsed' }]);
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
