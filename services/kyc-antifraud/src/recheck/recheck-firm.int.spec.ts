import { newId, RecheckRequested } from '@millrace/contracts';
import { until, type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { nextPerson, nextUscc, outcomeOf, requestVerification, startKyc, SUSPICION } from '../../test/verified-firm.js';

// Goal (R-DB-01, S12): before money leaves, only what is too old is asked again, and only what is new is told. Method: the real service, its providers an HTTP server.
const DAY_MS = 86_400_000;
const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  expect(await kyc.parked()).toEqual([]);
  await kyc.stop();
  await providers.stop();
});

/** A firm that was verified, and what the providers were asked for it until now. */
async function verified(answers: Parameters<RecordingProviders['set']>[1] = {}): Promise<{ uscc: string; applicationId: string; asked: number }> {
  const uscc = nextUscc();
  providers.set(uscc, answers);
  const applicationId = await requestVerification(kyc, { person: nextPerson(), uscc });
  await outcomeOf(kyc, applicationId);
  return { uscc, applicationId, asked: providers.asked(uscc).length };
}

async function recheck(applicationId: string): Promise<Awaited<ReturnType<TestService['event']>>> {
  const recheckId = newId();
  await kyc.deliver(new RecheckRequested({ applicationId, recheckId, tenantId: 't1', policyVersion: 'online_microloan.v0' }));
  return until(async () => (await kyc.events(applicationId)).find(({ payload }) => payload.recheckId === recheckId), 'the outcome of the re-check');
}

test('R-DB-01: answers that are young enough are asked of nobody', async () => {
  const { uscc, applicationId, asked } = await verified();
  const { type, payload } = await recheck(applicationId);
  expect([type, providers.asked(uscc).length]).toEqual(['recheck-passed', asked]);
  expect(payload.facts.provenance.map(({ source }: { source: string }) => source)).toEqual(
    expect.arrayContaining(['registry', 'courts', 'watchlist', 'enterprise_bureau']),
  );
});

test('R-DB-01, M-AP-12: what is too old is asked again under another id, the person is not, and the facts have the new days', async () => {
  const { uscc, applicationId, asked } = await verified();
  kyc.clock.advance(8 * DAY_MS);
  const { type, payload } = await recheck(applicationId);
  expect([type, providers.asked(uscc).slice(asked).sort()]).toEqual(['recheck-passed', ['courts', 'registry', 'watchlists']]);
  const at = (source: string): string => payload.facts.provenance.find((one: { source: string }) => one.source === source).fetchedAt;
  expect([at('courts'), at('watchlist')]).toEqual([kyc.clock.now().toISOString(), kyc.clock.now().toISOString()]);
  expect(at('tax') < at('courts')).toBe(true);
  // The second look finds the young answers.
  await recheck(applicationId);
  expect(providers.asked(uscc)).toHaveLength(asked + 3);
});

test('S12, E07: an owner under enforcement is news, and what was known when the loan was decided is none', async () => {
  const { uscc, applicationId } = await verified({ tax: { ...CLEAN.tax, arrearsMinor: '100' } });
  kyc.clock.advance(8 * DAY_MS);
  providers.set(uscc, { tax: { ...CLEAN.tax, arrearsMinor: '100' }, courts: { ...CLEAN.courts, ownerEnforcementCases: 1 } });
  const { type, payload } = await recheck(applicationId);
  expect([type, payload.stops, payload.findings]).toEqual(['recheck-failed', false, [{ code: 'OWNER_ENFORCEMENT', severity: 'amber', observed: '1 cases' }]]);
});

test('R-DB-01, G-PL-04: a hard rule stops it, and what points at a list goes to the restricted topic alone', async () => {
  const { uscc, applicationId } = await verified();
  kyc.clock.advance(2 * DAY_MS);
  providers.set(uscc, { watchlists: { hits: [{ subjectIndex: 0, list: 'sanctions', matchScore: 1, listedName: 'X' }] } });
  const { type, payload, ...rest } = await recheck(applicationId);
  expect([type, payload.stops, payload.findings]).toEqual([
    'recheck-failed',
    true,
    [{ code: 'APPLICATION_NOT_PROCESSED', severity: 'red', observed: expect.stringMatching(/^ref [0-9a-f]{8}$/) as string }],
  ]);
  expect(JSON.stringify({ payload, rest })).not.toContain('COMPLIANCE_STOP');
  const suspicion = (await kyc.events(applicationId)).filter((event) => event.type === SUSPICION);
  expect(suspicion.map((event) => event.payload.findings)).toEqual([[{ code: 'COMPLIANCE_STOP', severity: 'red' }]]);
});

test('R-CR-02, S06: a source that is away is asked again for a while, and then its silence is told; it is never read as good', async () => {
  const { uscc, applicationId } = await verified();
  kyc.clock.advance(8 * DAY_MS);
  providers.set(uscc, { courts: 503 });
  const recheckId = newId();
  await kyc.deliver(new RecheckRequested({ applicationId, recheckId, tenantId: 't1', policyVersion: 'online_microloan.v0' }));
  await until(async () => (await kyc.pool.query('select 1 from recheck where recheck_id = $1 and attempts > 0', [recheckId])).rowCount, 'a parked round');
  expect((await kyc.events(applicationId)).filter(({ payload }) => payload.recheckId)).toEqual([]);
  kyc.clock.advance(DAY_MS);
  const { type, payload } = await until(async () => (await kyc.events(applicationId)).find((event) => event.payload.recheckId === recheckId), 'the outcome');
  expect([type, payload.stops, payload.findings.map(({ code }: { code: string }) => code)]).toEqual(['recheck-failed', false, ['SOURCE_UNAVAILABLE']]);
});

test('R-DB-01: bureaus that were not asked for want of proof are asked once a person has cleared the firm, so that the look can end', async () => {
  const { uscc, applicationId, asked } = await verified({ identity: { ...CLEAN.identity, faceScore: 0.8 } });
  const ofBureaus = (parties: readonly string[]): string[] => parties.filter((party) => party.endsWith('-queries'));
  expect(ofBureaus(providers.asked(uscc))).toEqual([]);
  const { payload } = await recheck(applicationId);
  expect(ofBureaus(providers.asked(uscc).slice(asked))).toHaveLength(2);
  expect(payload.facts.provenance.map(({ source }: { source: string }) => source)).toContain('enterprise_bureau');
});
