import { setTimeout as delay } from 'node:timers/promises';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import type { TransactionRunner } from '@millrace/messaging';
import { bookLate, bookOf, endPools, newTenant, runnerOf } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { CloseBook } from './close-book.js';
import { openDay } from './open-day.js';

// Method: the real service on real PostgreSQL, its clock at the day of the booking, so that it closes nothing by itself; the days are closed by the test. Every
// test has two tenants.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  await endPools();
  await monitoring.stop();
});

const DUE = '2026-04-02';
const BOOKED = '2026-03-02';

interface HistoryRow {
  readonly valid: IsoDate;
  readonly dpd: number;
  readonly bucket: string;
  readonly class: string;
  readonly stage: number;
  readonly collection: string;
}

async function historyOf(loanId: string): Promise<HistoryRow[]> {
  const { rows } = await monitoring.test.pool.query<HistoryRow>(
    'select valid_on::text as valid, dpd, bucket, loan_class as class, ecl_stage as stage, collection_stage as collection from loan_standing_history where loan_id = $1 order by seq',
    [loanId],
  );
  return rows;
}

/** What all loans of a tenant stand at, without their ids, and how often that has changed. */
async function standingsOf(tenantId: string): Promise<unknown[]> {
  const { rows } = await monitoring.test.pool.query(
    `select bucket, loan_class, ecl_stage, through::text, bucket_on::text, class_on::text, stage_on::text, changes, count(*)::int
     from loan_standing where tenant_id = $1 group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4`,
    [tenantId],
  );
  return rows;
}

async function countOf(table: 'loan_standing_history' | 'outbox', tenantId: string): Promise<number> {
  const sql =
    table === 'outbox'
      ? 'select count(*)::int as count from outbox o join loan l on l.loan_id::text = o.aggregateid where l.tenant_id = $1'
      : 'select count(*)::int as count from loan_standing_history where tenant_id = $1';
  return (await monitoring.test.pool.query<{ count: number }>(sql, [tenantId])).rows[0]!.count;
}

const closedDays = async (tenantId: string): Promise<IsoDate[]> => {
  const sql = 'select day::text as day from close_day where tenant_id = $1 and closed_at is not null order by closed_at, day';
  return (await monitoring.test.pool.query<{ day: IsoDate }>(sql, [tenantId])).rows.map(({ day }) => day);
};

/** Two tenants whose days begin with that of the booking. */
async function twoTenants(copies = 0): Promise<[string, string]> {
  const tenants: [string, string] = [newTenant(), newTenant()];
  for (const tenantId of tenants) {
    await bookLate(monitoring, tenantId, copies);
    await bookOf(monitoring).closeTenant(tenantId, BOOKED);
  }
  return tenants;
}

test('S17: a loan that is not paid goes through buckets, classes and stages on their days and on no other, and its neighbour stays normal', async () => {
  const [first, second] = [newTenant(), newTenant()];
  const late = await bookLate(monitoring, first);
  const paid = await bookLate(monitoring, first);
  const other = await bookLate(monitoring, second);
  const book = bookOf(monitoring);
  for (const tenantId of [first, second]) await book.closeTenant(tenantId, BOOKED);
  for (let month = 1; month <= 13; month += 1) {
    const due = addMonths(BOOKED, month);
    for (const tenantId of [first, second]) await book.closeTenant(tenantId, due);
    await monitoring.test.pool.query('update loan set oldest_due_on = $2 where loan_id = $1', [paid, addMonths(BOOKED, month + 1)]);
  }
  const at = (dpd: number, bucket: string, loanClass: string, stage: number, collection: string) => ({
    valid: addDays(DUE, dpd),
    dpd,
    bucket,
    class: loanClass,
    stage,
    collection,
  });
  const expected = [
    at(1, 'M1', 'SPECIAL_MENTION', 1, 'C1'),
    at(16, 'M1', 'SPECIAL_MENTION', 1, 'C2'),
    at(31, 'M2', 'SPECIAL_MENTION', 2, 'C3'),
    at(61, 'M3', 'SPECIAL_MENTION', 2, 'C4'),
    at(91, 'M4', 'SUBSTANDARD', 3, 'C5'),
    at(121, 'M5', 'SUBSTANDARD', 3, 'C5'),
    at(151, 'M6', 'SUBSTANDARD', 3, 'C5'),
    at(181, 'M7+', 'SUBSTANDARD', 3, 'C5'),
    at(271, 'M7+', 'DOUBTFUL', 3, 'C5'),
    at(361, 'M7+', 'LOSS', 3, 'C5'),
  ];
  expect(await historyOf(late)).toEqual(expected);
  expect(await historyOf(other)).toEqual(expected);
  expect(await historyOf(paid)).toEqual([]);
  const types = await monitoring.test.eventTypes(late);
  expect(types.filter((type) => type !== 'loan-booked' && !type.startsWith('credit-report'))).toEqual([
    'overdue-started',
    'classified',
    'collection-stage-changed',
    'status-changed',
    'collection-case-opened',
    'collection-stage-changed',
    'overdue-bucket-changed',
    'classified',
    'collection-stage-changed',
    'overdue-bucket-changed',
    'collection-stage-changed',
    'overdue-bucket-changed',
    'classified',
    'collection-stage-changed',
    'overdue-bucket-changed',
    'overdue-bucket-changed',
    'overdue-bucket-changed',
    'classified',
    'classified',
  ]);
  expect((await monitoring.test.event(late, 'overdue-started')).payload).toMatchObject({ on: '2026-04-03', oldestDueOn: DUE, dpd: 1, bucket: 'M1' });
}, 180_000);

test('a day that is closed is closed: the same day again, and its batches taken again by force, change nothing', async () => {
  const tenants = await twoTenants(3);
  const book = bookOf(monitoring);
  for (const tenantId of tenants) await book.closeTenant(tenantId, '2026-04-03');
  const counts = () => Promise.all(tenants.flatMap((tenantId) => [countOf('loan_standing_history', tenantId), standingsOf(tenantId)]));
  const before = await counts();
  expect(before[0]).toBe(4);
  for (const tenantId of tenants) await book.closeTenant(tenantId, '2026-04-03');
  expect(await counts()).toEqual(before);
  await monitoring.test.pool.query('update close_batch set done_at = null where day = $1 and tenant_id = any($2)', ['2026-04-03', tenants]);
  await monitoring.test.pool.query('update close_day set closed_at = null where day = $1 and tenant_id = any($2)', ['2026-04-03', tenants]);
  for (const tenantId of tenants) await book.closeTenant(tenantId, '2026-04-03');
  expect(await counts()).toEqual(before);
});

test('days that were missed are made up one after the other, and none is left out', async () => {
  const [first, second] = await twoTenants();
  await bookOf(monitoring).closeTenant(first, '2026-05-04');
  const days = Array.from({ length: 64 }, (_, index) => addDays(BOOKED, index));
  expect(await closedDays(first)).toEqual(days);
  expect(await closedDays(second)).toEqual([BOOKED]);
  const [late] = (await monitoring.test.pool.query<{ loan_id: string }>('select loan_id from loan where tenant_id = $1', [first])).rows;
  expect((await historyOf(late!.loan_id)).map(({ valid }) => valid)).toEqual(['2026-04-03', '2026-04-18', '2026-05-03']);
});

/** A runner whose process dies before the commit of its nth transaction. */
function dyingAt(point: number): { runner: TransactionRunner; died: () => boolean } {
  const real = runnerOf(monitoring);
  let left = point;
  const run: TransactionRunner['run'] = (context, work) =>
    real.run(context, async (tx) => {
      const result = await work(tx);
      if ((left -= 1) === 0) throw new Error('killed');
      return result;
    });
  return { runner: { pool: real.pool, run } as TransactionRunner, died: () => left <= 0 };
}

test('a process that is killed at any point of a day leaves it to be gone on with, and the end is that of a day without trouble', async () => {
  const [killed, sound] = await twoTenants(1_200);
  await bookOf(monitoring).closeTenant(sound, '2026-04-03');
  for (const tenantId of [killed, sound]) await bookOf(monitoring).closeTenant(tenantId, '2026-04-02');
  let deaths = 0;
  for (let point = 1; ; point += 1) {
    const { runner, died } = dyingAt(point);
    await new CloseBook(runner, monitoring.test.clock).closeTenant(killed, '2026-04-03').catch(() => (deaths += 1));
    if (!died()) break;
    // Work of before the kill stays, so that each new process dies later in the day; in the end nothing is left to die in.
    if (point > 20) throw new Error('it never ends');
  }
  expect(deaths).toBeGreaterThan(2);
  expect(await standingsOf(killed)).toEqual(await standingsOf(sound));
  expect(await countOf('loan_standing_history', killed)).toBe(1_201);
  expect(await countOf('loan_standing_history', sound)).toBe(1_201);
}, 180_000);

test('two instances share the batches of a day, and each loan is told of once', async () => {
  const [shared, other] = await twoTenants(1_600);
  await bookOf(monitoring).closeTenant(shared, '2026-04-02');
  const worked = [0, 0];
  await Promise.all(
    worked.map((_, index) =>
      bookOf(monitoring).closeTenant(shared, '2026-04-03', {
        progress: ({ step, changed }) => {
          if (step === 'stand-loans') worked[index]! += changed;
        },
      }),
    ),
  );
  expect(worked[0]! + worked[1]!).toBe(1_601);
  expect(Math.min(...worked)).toBeGreaterThan(0);
  expect(await countOf('loan_standing_history', shared)).toBe(1_601);
  expect(await countOf('loan_standing_history', other)).toBe(0);
}, 180_000);

test('a loan whose money is being moved is passed over and left to the end; the next day does not overtake', async () => {
  const [tenant, other] = await twoTenants(2);
  await bookOf(monitoring).closeTenant(tenant, '2026-04-02');
  const held = await monitoring.test.pool.connect();
  await held.query('begin');
  await held.query('select 1 from loan where tenant_id = $1 order by loan_id limit 1 for no key update', [tenant]);
  const closing = bookOf(monitoring).closeTenant(tenant, '2026-04-04');
  let isDone = false;
  void closing.then(() => (isDone = true));
  while ((await standingCount(tenant)) < 2) await delay(20);
  expect(isDone).toBe(false);
  const next = await runnerOf(monitoring).run({ actor: { kind: 'system', id: 'test' }, causationId: 'test' }, (tx) =>
    openDay(tx, tenant, '2026-04-10', monitoring.test.clock.now()),
  );
  expect(next).toMatchObject({ day: '2026-04-03' });
  await held.query('commit');
  held.release();
  await closing;
  expect(await countOf('loan_standing_history', tenant)).toBe(3);
  expect(await countOf('loan_standing_history', other)).toBe(0);
});

async function standingCount(tenantId: string): Promise<number> {
  const sql = 'select count(*)::int as count from loan_standing where tenant_id = $1';
  return (await monitoring.test.pool.query<{ count: number }>(sql, [tenantId])).rows[0]!.count;
}

test('an operator sees how late the close is', async () => {
  await twoTenants();
  const metrics = await (await fetch(`${monitoring.test.operationsUrl}/metrics`)).text();
  expect(metrics).toMatch(/millrace_close_late_seconds\{service="post-loan-monitoring"\} \d/);
});

test('a loan that is booked when it is late already is looked at by the next close', async () => {
  const tenants = await twoTenants();
  for (const tenantId of tenants) {
    await bookOf(monitoring).closeTenant(tenantId, addDays(DUE, 40));
    const { loanId } = await monitoring.book({ tenantId });
    await bookOf(monitoring).closeTenant(tenantId, addDays(DUE, 41));
    expect(await historyOf(loanId)).toEqual([{ valid: addDays(DUE, 41), dpd: 41, bucket: 'M2', class: 'SPECIAL_MENTION', stage: 2, collection: 'C3' }]);
  }
}, 180_000);
