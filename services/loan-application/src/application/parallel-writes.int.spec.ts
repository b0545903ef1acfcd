import { setTimeout as delay } from 'node:timers/promises';
import { KycPassed, newId, ScoreComputed } from '@millrace/contracts';
import { APPROVER, OTHER_PARTNER, PARTNER, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { contracting, offered, startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, score, submission } from '../../test/submission.js';

// Method: the real service on real PostgreSQL gets many writes of one application at the same moment, each with an id of its own.
const esign = new EsignDouble();
let hub: TestService;

/** Time after which the server has added a session's figures to its statistics. */
const STATISTICS_MS = 1_500;

beforeAll(async () => {
  hub = await startHub(await esign.start());
  esign.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

async function deadlocks(): Promise<number> {
  await delay(STATISTICS_MS);
  const { rows } = await hub.pool.query<{ deadlocks: string }>('select deadlocks from pg_stat_database where datname = current_database()');
  return Number(rows[0]!.deadlocks);
}

/** One write of a kind, made ready once for an application of its own. */
type Write = () => Promise<Answer>;

async function reviewed(): Promise<string> {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, { grade: 'R6', score: 620 })));
  return applicationId;
}

const onApplication = (applicationId: string, what: string, body: object): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/${what}/${newId()}`, PARTNER, body);

const KINDS: Record<string, { status: number; code: string; prepare: () => Promise<Write> }> = {
  acceptances: {
    status: 200,
    code: 'WRONG_STATUS',
    async prepare() {
      const applicationId = await offered(hub);
      const { body } = await hub.call('GET', `/loan-applications/${applicationId}/offer`);
      return () => onApplication(applicationId, 'offer-acceptances', { offerId: body.offerId, costSheetAcknowledged: true });
    },
  },
  declines: {
    status: 200,
    code: 'WRONG_STATUS',
    async prepare() {
      const applicationId = await offered(hub);
      const { body } = await hub.call('GET', `/loan-applications/${applicationId}/offer`);
      return () => onApplication(applicationId, 'offer-declines', { offerId: body.offerId });
    },
  },
  cancellations: {
    status: 200,
    code: 'WRONG_STATUS',
    async prepare() {
      const applicationId = await submit(hub);
      return () => onApplication(applicationId, 'cancellations', { reasonCode: 'CHANGED_MIND' });
    },
  },
  signatures: {
    status: 202,
    // The signature may be obtained before the last of the writes has its turn.
    code: 'SIGNATURE_PENDING|WRONG_STATUS',
    async prepare() {
      const { applicationId, contractSha256 } = await contracting(hub);
      return () => onApplication(applicationId, 'signatures', { contractSha256 });
    },
  },
  decisions: {
    status: 200,
    code: 'ALREADY_DECIDED',
    async prepare() {
      const { reviewTaskId } = await taskOf(hub, await reviewed());
      const decision = { decision: 'approve', reasonCode: 'LOOKED_AT' };
      return () => hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, APPROVER, decision);
    },
  },
  submissions: {
    status: 201,
    code: 'LIVE_APPLICATION_EXISTS',
    async prepare() {
      const { company } = submission();
      return () => hub.call('PUT', `/loan-applications/${newId()}`, PARTNER, submission({ company }));
    },
  },
};

describe.each(Object.entries(KINDS))('SEC-4, F24: parallel %s', (_, { status, code, prepare }) => {
  test.each([6, 12, 30, 50])('%d at once have one effect, and the others are refused', async (count) => {
    const before = await deadlocks();
    const write = await prepare();
    const answers = await Promise.all(Array.from({ length: count }, write));
    const told = answers.map((answer) => (answer.status === 409 ? code.split('|').includes(answer.body.code) : answer.status));
    expect(told.filter((one) => one === status)).toHaveLength(1);
    expect(told.filter((one) => one === true)).toHaveLength(count - 1);
    expect(await deadlocks()).toBe(before);
  });
});

test('SEC-4: thirty times the same id is one write, and every answer is the first one', async () => {
  const applicationId = await submit(hub);
  const path = `/loan-applications/${applicationId}/cancellations/${newId()}`;
  const answers = await Promise.all(Array.from({ length: 30 }, () => hub.call('PUT', path, PARTNER, { reasonCode: 'CHANGED_MIND' })));
  expect(answers.map(({ status, body }) => [status, body.status])).toEqual(answers.map(() => [200, 'CANCELLED']));
  expect((await hub.eventTypes(applicationId)).filter((type) => type === 'cancelled')).toHaveLength(1);
});

test('SEC-4: events of an application and writes of its applicant at the same moment neither deadlock nor park', async () => {
  const before = await deadlocks();
  const ids = await Promise.all(Array.from({ length: 8 }, () => submit(hub)));
  const bursts = ids.flatMap((applicationId) => [
    ...Array.from({ length: 12 }, () => onApplication(applicationId, 'cancellations', { reasonCode: 'CHANGED_MIND' })),
    hub.deliver(new KycPassed(clean(applicationId))),
  ]);
  const answers = (await Promise.all(bursts)).filter((answer) => answer !== undefined);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(ids.length);
  expect(answers.filter(({ status, body }) => status === 409 && body.code === 'WRONG_STATUS')).toHaveLength(11 * ids.length);
  for (const applicationId of ids) expect(await statusOf(hub, applicationId)).toBe('CANCELLED');
  expect(await hub.parked()).toEqual([]);
  expect(await deadlocks()).toBe(before);
});

test('SEC-4: thirty writes that wait for one application leave connections for everybody else', async () => {
  const mine = await submit(hub, {}, OTHER_PARTNER);
  const applicationId = await submit(hub);
  const holder = await hub.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from application where application_id = $1 for update', [applicationId]);
  const writes = Array.from({ length: 30 }, () => onApplication(applicationId, 'cancellations', { reasonCode: 'CHANGED_MIND' }));
  // Without a line before the pool they would have all its connections, and this look would wait for them.
  expect((await hub.call('GET', `/loan-applications/${mine}`, OTHER_PARTNER)).status).toBe(200);
  const { rows } = await hub.pool.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  await holder.query('rollback');
  holder.release();
  const answers = await Promise.all(writes);
  expect(rows[0]!.waiting).toBeLessThanOrEqual(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

/** 99th percentile of the waits of a hundred looks of another partner at an application of its own. */
async function waitOfAnother(applicationId: string): Promise<number> {
  const waits: number[] = [];
  while (waits.length < 100) {
    const began = performance.now();
    expect((await hub.call('GET', `/loan-applications/${applicationId}`, OTHER_PARTNER)).status).toBe(200);
    waits.push(performance.now() - began);
  }
  return waits.sort((one, next) => one - next)[98]!;
}

test.each([
  ['as the gateway hands them on, one after the other', 1],
  ['as they would come without it, thirty at once', 30],
])('SEC-4, F24: the wait of another partner beside writes of one application %s, told and not judged', async (how, atOnce) => {
  const mine = await submit(hub, {}, OTHER_PARTNER);
  const applicationId = await reviewed();
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    alone.push(await waitOfAnother(mine));
    let over = false;
    const writes = (async () => {
      const one = (): Promise<Answer> => onApplication(applicationId, 'signatures', { contractSha256: 'a'.repeat(64) });
      while (!over) await Promise.all(Array.from({ length: atOnce }, one));
    })();
    beside.push(await waitOfAnother(mine));
    over = true;
    await writes;
  }
  const [without, along] = [alone, beside].map((waits) => waits.sort((one, next) => one - next)[2]!) as [number, number];
  process.stdout.write(
    `SEC-4: p99 of another partner, median of 5 rounds: ${without.toFixed(1)} ms alone, ${along.toFixed(1)} ms beside writes ${how} (${(along / without).toFixed(1)} times)\n`,
  );
});
