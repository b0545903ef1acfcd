import { policyOf } from '@millrace/policy';
import { RISK_OFFICER, type TestService } from '@millrace/testing';
import { RecordingProviders } from '../../test/recording-providers.js';
import { codesOf, nextPerson, nextUscc, outcomeOf, requestVerification, startKyc, SUSPICION } from '../../test/verified-firm.js';

const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

test('S04, R-AP-10, SEC-12: the fifth firm from one device is red, the third and fourth are amber; the restricted topic alone says why', async () => {
  const found: unknown[] = [];
  const raised: unknown[] = [];
  for (let count = 0; count < 5; count += 1) {
    const device = { fingerprint: 'shared', formFillSeconds: 300 };
    const outcome = await outcomeOf(kyc, await requestVerification(kyc, { uscc: nextUscc(), person: nextPerson(), device }));
    const { body } = await kyc.call('GET', `/verifications/${outcome.payload.applicationId}`, RISK_OFFICER);
    const suspicions = (await kyc.events(outcome.payload.applicationId)).filter(({ type }) => type === SUSPICION);
    raised.push(suspicions.map(({ payload }) => [payload.outcome, payload.fraudScore, payload.findings]));
    found.push([body.findings.map(({ code }: { code: string }) => code).join(), codesOf(outcome).join()]);
  }
  // What is found is for the lender; the event names no suspicion (SEC-12).
  const [shared, ring] = [
    ['DEVICE_SHARED', 'MANUAL_CHECK'],
    ['DEVICE_RING', 'APPLICATION_NOT_PROCESSED'],
  ];
  expect(found).toEqual([['', ''], ['', ''], shared, shared, ring]);
  const amber = (firms: number) => ['refer', 300, [{ code: 'DEVICE_SHARED', severity: 'amber', observed: `${firms} firms` }]];
  const red = ['reject', 700, [{ code: 'DEVICE_RING', severity: 'red', observed: '5 firms' }]];
  expect(raised).toEqual([[], [], [amber(3)], [amber(4)], [red]]);
});

const DAY_MS = 86_400_000;

test('M-FR-01, M-FR-03: firms of one device and applications of one firm are counted in the windows of the policy, to their last moment', async () => {
  const { ringDays, repeatDays } = policyOf('online_microloan.v0').verification;
  const device = { fingerprint: 'seldom', formFillSeconds: 300 };
  const signalsOf = async (uscc: string): Promise<Record<string, number>> => {
    const { payload } = await outcomeOf(kyc, await requestVerification(kyc, { uscc, person: nextPerson(), device }));
    const { rows } = await kyc.pool.query<{ signals: Record<string, number> }>('select signals from verification where application_id = $1', [
      payload.applicationId,
    ]);
    return rows[0]!.signals;
  };
  const uscc = nextUscc();
  expect(await signalsOf(uscc)).toMatchObject({ deviceFirms30d: 1, applications7d: 1 });
  kyc.clock.advance(repeatDays * DAY_MS - 3_600_000);
  expect(await signalsOf(uscc)).toMatchObject({ deviceFirms30d: 1, applications7d: 2 });
  kyc.clock.advance(repeatDays * DAY_MS + 3_600_000);
  expect(await signalsOf(uscc)).toMatchObject({ deviceFirms30d: 1, applications7d: 1 });
  kyc.clock.advance(ringDays * DAY_MS - 3_600_000);
  expect(await signalsOf(nextUscc())).toMatchObject({ deviceFirms30d: 2 });
  kyc.clock.advance(ringDays * DAY_MS + 3_600_000);
  expect(await signalsOf(nextUscc())).toMatchObject({ deviceFirms30d: 1 });
});
