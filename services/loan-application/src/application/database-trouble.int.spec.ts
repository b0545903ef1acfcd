import { KycPassed, newId } from '@millrace/contracts';
import { PARTNER, RISK_OFFICER, TestService, until } from '@millrace/testing';
import { startHub, statusOf, submit } from '../../test/hub.js';
import { clean, submission } from '../../test/submission.js';

// Method: the real service on real PostgreSQL, which goes away, or in which somebody else holds a lock.
const lines: { level: number; msg: string }[] = [];
let hub: TestService;

beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:1', { write: (line) => void lines.push(JSON.parse(line) as { level: number; msg: string }) });
}, 120_000);
afterAll(() => hub.stop());

test('D1, SEC-15: a lost database is 503 with a time to come back for every request, told once, and over by itself', async () => {
  const applicationId = await submit(hub);
  lines.length = 0;
  await hub.database.goAway();
  for (let round = 0; round < 2; round++) {
    const answers = [
      await hub.call('GET', `/loan-applications/${applicationId}`),
      await hub.call('GET', '/loan-applications'),
      await hub.call('GET', `/loan-applications/${applicationId}/offer`),
      await hub.call('GET', '/review-tasks', RISK_OFFICER),
      await hub.call('PUT', `/loan-applications/${applicationId}/cancellations/${newId()}`, PARTNER, { reasonCode: 'CHANGED_MIND' }),
      await hub.call('PUT', `/loan-applications/${newId()}`, PARTNER, submission()),
    ];
    for (const { status, body, headers } of answers) expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '5']);
  }
  expect(lines.filter(({ msg }) => msg.startsWith('the database is away'))).toEqual([expect.objectContaining({ level: 40 })]);
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  await hub.database.comeBack();
  await until(async () => lines.some(({ msg }) => msg === 'the database is back'), 'the news of its return');
  expect(await statusOf(hub, applicationId)).toBe('CHECKING');
  await hub.deliver(new KycPassed(clean(applicationId)));
  expect(await statusOf(hub, applicationId)).toBe('SCORING');
  expect(await hub.parked()).toEqual([]);
}, 60_000);

test('SEC-4: a lock that somebody else holds on ends a request with 503 and makes an event wait, which is then handled', async () => {
  const applicationId = await submit(hub);
  const holder = await hub.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from application where application_id = $1 for update', [applicationId]);
  const delivered = hub.deliver(new KycPassed(clean(applicationId)));
  const { status, body, headers } = await hub.call('PUT', `/loan-applications/${applicationId}/cancellations/${newId()}`, PARTNER, {
    reasonCode: 'CHANGED_MIND',
  });
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '1']);
  await holder.query('rollback');
  holder.release();
  await delivered;
  expect(await statusOf(hub, applicationId)).toBe('SCORING');
  expect(await hub.parked()).toEqual([]);
}, 60_000);
