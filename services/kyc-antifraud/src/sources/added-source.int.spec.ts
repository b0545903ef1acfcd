import { until, type TestService } from '@millrace/testing';
import { RecordingProviders } from '../../test/recording-providers.js';
import { nextPerson, nextUscc, outcomeOf, parkedRound, requestVerification, startKyc } from '../../test/verified-firm.js';

const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

test('a verification under way when a source was added asks it under an id of its own, the same at every try', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: 503 });
  const applicationId = await requestVerification(kyc, { person: nextPerson(), uscc });
  await parkedRound(kyc, applicationId);
  // As a build before the source has left it.
  await kyc.pool.query(`update verification set query_ids = query_ids - 'tax' where application_id = $1`, [applicationId]);
  providers.set(uscc, { tax: 503 });
  kyc.clock.advance(5_000);
  const parkedTwice = 'select 1 from verification where application_id = $1 and attempts = 2';
  await until(async () => (await kyc.pool.query(parkedTwice, [applicationId])).rowCount, 'a second parked round');
  providers.set(uscc, {});
  kyc.clock.advance(60_000);
  const { type, payload } = await outcomeOf(kyc, applicationId);
  expect(type).toBe('passed');
  const asked = providers.about(uscc).filter(({ party }) => party === 'tax');
  expect(asked.length).toBeGreaterThanOrEqual(2);
  const { queryId } = payload.facts!.provenance.find(({ source }) => source === 'tax')!;
  expect(queryId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set([`/v1/tax/queries/${queryId}`]));
});
