import { DEFAULT_INSTALLATION_URL, describeEvent, eventSource, KycRequested, newId, PARTITIONS_PER_TOPIC, versionedType } from '@millrace/contracts';
import { partitionOf } from '@millrace/messaging';
import { until } from '@millrace/testing';
import { Lender } from './lender.js';
import { runProgram } from './run-program.js';
import { S01_FIRM } from '../src/stage/scenario-firms.js';

// Goal: a poisoned event stops its own application and no other of its partition; after the fix `lendctl parked retry` drains it in order (M-EV-04).
// Method: two firms whose applications share a partition of every topic, all services, and the command line as an operator types it.
const lender = new Lender();
beforeAll(() => lender.start());
afterAll(() => lender.stop());

interface Parked {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly attempts: number;
  readonly offset: string;
}

const lendctl = (...args: string[]) => runProgram('services/lendctl/src/main.ts', ...args, '--data-dir', lender.dataDirectory);
const change = (...args: string[]) => lendctl('parked', ...args, '--by', 'olga', '--yes');

async function parked(consumer: string): Promise<Parked[]> {
  const { code, output } = await lendctl('parked', 'list', '--consumer', consumer, '--json');
  if (code !== 0) throw new Error(output);
  return JSON.parse(output) as Parked[];
}

/** Two ids whose events go to the same partition. */
function neighbours(): [string, string] {
  const first = newId();
  for (;;) {
    const second = newId();
    if (partitionOf(second, PARTITIONS_PER_TOPIC) === partitionOf(first, PARTITIONS_PER_TOPIC)) return [first, second];
  }
}

async function apply(firmId: string, seed: number, applicationId: string): Promise<void> {
  await lender.apply(await lender.firm(firmId, { ...S01_FIRM, seed }), {}, applicationId);
}

async function timeline(applicationId: string): Promise<string[]> {
  const { body } = await lender.call('demo-partner', 'GET', `/v1/loan-applications/${applicationId}/timeline`);
  return (body.items ?? []).map(({ type }: { type: string }) => `${type}.v1`);
}

const OFFERED = 'dev.millrace.lending.loan-application.offer-issued.v1';

test('a handler that always throws: its key waits in order, its neighbours go on, and after the fix a retry drains it', async () => {
  const [poisoned, healthy] = neighbours();
  await lender.sql('gateway', `alter table timeline_entry add constraint poison check (application_id <> '${poisoned}')`);
  await apply('poisoned', 201, poisoned);
  await apply('healthy', 202, healthy);
  await lender.reaches(poisoned, 'OFFERED');
  await lender.reaches(healthy, 'OFFERED');
  await until(async () => (await timeline(healthy)).includes(OFFERED), 'the whole timeline of the neighbour');
  const waits = `select 1 from parked_event where key = $1 and type = $2 and status = 'parked'`;
  await until(async () => (await lender.sql('gateway', waits, [poisoned, OFFERED]))[0], 'the last event behind the poisoned one');

  const events = await parked('gateway');
  expect(new Set(events.map(({ key }) => key))).toEqual(new Set([poisoned]));
  expect(events.map(({ attempts }) => attempts)).toEqual([5, ...Array<number>(events.length - 1).fill(0)]);
  expect(events.map(({ offset }) => Number(offset))).toEqual(events.map(({ offset }) => Number(offset)).sort((a, b) => a - b));

  const early = await change('retry', '--consumer', 'gateway', '--key', poisoned);
  expect([early.code, early.output]).toEqual([1, expect.stringMatching(/failed again: .*poison/)]);

  await lender.sql('gateway', 'alter table timeline_entry drop constraint poison');
  expect(await change('retry', '--consumer', 'gateway', '--key', poisoned)).toEqual({
    code: 0,
    output: expect.stringContaining(`${events.length} events handled`),
  });
  expect(await timeline(poisoned)).toEqual(events.map(({ type }) => type));
  expect(await timeline(poisoned)).toEqual(await timeline(healthy));

  await lender.takeOffer(poisoned);
  await until(async () => (await timeline(poisoned)).includes('dev.millrace.lending.loan-application.loan-activated.v1'), 'what comes later');
  expect(await parked('gateway')).toEqual([]);
}, 180_000);

test('a bad schema: what follows of its key waits behind it, its neighbours go on, and it goes on when the bad one is discarded', async () => {
  const [poisoned, healthy] = neighbours();
  const { topic, ...descriptor } = describeEvent(KycRequested);
  const headers = {
    ce_specversion: '1.0',
    ce_id: newId(),
    ce_source: eventSource(DEFAULT_INSTALLATION_URL, 'loan-application'),
    ce_type: versionedType(descriptor),
    ce_time: lender.clock.now().toISOString(),
    ce_correlationid: poisoned,
    ce_causationid: newId(),
    ce_actor: 'system:loan-application',
  };
  await lender.append({ topic, key: poisoned, headers, value: Buffer.from('{"applicationId":42}') });
  await apply('behind-a-bad-one', 203, poisoned);
  await apply('beside-a-bad-one', 204, healthy);
  await lender.reaches(healthy, 'OFFERED');
  await lender.reaches(poisoned, 'CHECKING');

  for (const consumer of ['kyc-antifraud', 'gateway']) {
    const [bad, ...behind] = await until(async () => {
      const events = await parked(consumer);
      return events.length > 1 && events;
    }, 'an event behind the bad one');
    expect([bad!.attempts, ...behind.map(({ attempts }) => attempts)]).toEqual([1, ...behind.map(() => 0)]);
    expect((await change('discard', bad!.id, '--consumer', consumer)).code).toBe(0);
    expect((await change('retry', '--consumer', consumer, '--key', poisoned)).code).toBe(0);
  }
  await lender.reaches(poisoned, 'OFFERED');
  expect([await parked('kyc-antifraud'), await parked('gateway')]).toEqual([[], []]);
  await until(async () => (await timeline(poisoned)).includes(OFFERED), 'its timeline');
}, 180_000);
