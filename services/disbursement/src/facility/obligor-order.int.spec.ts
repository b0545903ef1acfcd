import { describeEvent, LoanClosed, newId, type DomainEvent, type EventClass } from '@millrace/contracts';
import { Consumer, encodeEvent, TransactionRunner, type EventHandler, type RecordBatch } from '@millrace/messaging';
import { until } from '@millrace/testing';
import pg from 'pg';
import { RunningDisbursement } from '../../test/running-disbursement.js';
import { disbursement } from '../disbursement.module.js';

// Goal: two batches that touch two obligors in opposite order wait for each other and do not deadlock (R-DB-08).
// Method: two members of the service's own consumer; other transactions hold both obligors until each batch stands before its first one.
const running = new RunningDisbursement();
beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());

const [A, B] = ['OBLIGOR-A', 'OBLIGOR-B'];
/** Four events, each handled by the first try of its transaction. */
const ONCE_EACH = { handled: 4, errors: [] };
let offset = 1_000_000n;

function batchOf(...events: DomainEvent<unknown>[]): RecordBatch {
  const records = events.map((event) => {
    const source = describeEvent(event.constructor as EventClass).producer;
    const context = { actor: { kind: 'system' as const, id: source }, causationId: newId() };
    const encoded = encodeEvent(event, { source, time: running.test.clock.now(), context, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
    const { topic, key, headers, payload } = encoded;
    return { topic, key, headers, value: Buffer.from(payload), partition: 0, offset: offset++, appendedAt: running.test.clock.now() };
  });
  return { records };
}

/** What became of two batches; a transaction that a deadlock has ended is run again, and so handles its events once more. */
interface Outcome {
  handled: number;
  readonly errors: Error[];
}

function newMember(outcome: Outcome): Consumer {
  const { app } = running.test.service;
  return new Consumer({
    name: disbursement.name,
    log: running.test.log,
    runner: app.get(TransactionRunner, { strict: false }),
    subscriptions: disbursement.consumes,
    resolve(handlerClass) {
      const handler = app.get<EventHandler<never>>(handlerClass as never, { strict: false });
      const handle: typeof handler.handle = (event, tx) => {
        outcome.handled++;
        return handler.handle(event, tx);
      };
      return { handle, shared: (events, tx) => handler.shared!(events, tx) };
    },
    onError: (error) => outcome.errors.push(error),
  });
}

async function hold(uscc: string): Promise<pg.Client> {
  const holder = new pg.Client({ connectionString: running.test.database.urls.of(disbursement.schema) });
  await holder.connect();
  await holder.query('begin');
  await holder.query('select 1 from obligor_exposure where uscc = $1 for update', [uscc]);
  return holder;
}

/** Has two batches under way that each wait for their first obligor; A is let go first, so that whoever waits for it holds it when B is let go. */
async function handleTogether(first: RecordBatch, second: RecordBatch): Promise<Outcome> {
  const outcome: Outcome = { handled: 0, errors: [] };
  const [holderOfA, holderOfB] = [await hold(A), await hold(B)];
  try {
    const batches: Promise<void>[] = [];
    for (const batch of [first, second]) {
      batches.push(newMember(outcome).handleBatch(batch));
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await until(async () => (await running.test.pool.query(waiting)).rowCount === batches.length, 'the batch waiting');
    }
    await holderOfA.query('commit');
    const free = 'select 1 from obligor_exposure where uscc = $1 for update skip locked';
    await until(async () => (await running.test.pool.query(free, [A])).rowCount === 0, 'one batch having the first obligor');
    await holderOfB.query('commit');
    await Promise.all(batches);
  } finally {
    await Promise.all([holderOfA.end(), holderOfB.end()]);
  }
  return outcome;
}

test('R-DB-08: batches with two obligors in opposite order do not deadlock: both orders of each are reserved', async () => {
  for (const uscc of [A, B]) await running.paid((await running.order({ uscc })).applicationId);
  const orders = await Promise.all([A, B, B, A].map((uscc) => running.prepare({ uscc })));
  const [a1, b1, b2, a2] = orders.map(({ request }) => request);
  expect(await handleTogether(batchOf(a1!, b1!), batchOf(b2!, a2!))).toEqual(ONCE_EACH);
  for (const { applicationId } of orders) await running.paid(applicationId);
  expect([await running.exposure(A), await running.exposure(B)]).toEqual(['90000000', '90000000']);
});

test('R-DB-08: a batch that closes loans takes the same order as one that orders payouts', async () => {
  const closing = [await running.order({ uscc: A }), await running.order({ uscc: B })];
  for (const { applicationId } of closing) await running.paid(applicationId);
  const orders = await Promise.all([B, A].map((uscc) => running.prepare({ uscc })));
  const exposure = [await running.exposure(A), await running.exposure(B)];
  const closed = closing.map(({ applicationId, loanId }) => new LoanClosed({ applicationId, loanId }));
  expect(await handleTogether(batchOf(...closed), batchOf(...orders.map(({ request }) => request)))).toEqual(ONCE_EACH);
  for (const { applicationId } of orders) await running.paid(applicationId);
  expect([await running.exposure(A), await running.exposure(B)]).toEqual(exposure);
});
