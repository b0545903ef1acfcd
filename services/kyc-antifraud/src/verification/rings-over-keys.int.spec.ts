import { newId } from '@millrace/contracts';
import { FieldCipher } from '@millrace/service';
import { oldIndexOf, TestService, testKey } from '@millrace/testing';
import { RecordingProviders } from '../../test/recording-providers.js';
import { nextPerson, nextUscc, outcomeOf, requestVerification } from '../../test/verified-firm.js';
import { kycAntifraud } from '../kyc-antifraud.module.js';

// Goal: a ring is found while keys are changed (SEC-10, R-ID-08): who was recorded under another key, or before hashes named their key, counts.
const [K1, K2] = [testKey('k1', 1), testKey('k2', 2)];
const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  const environment = { MILLRACE_PROVIDERS_URL: await providers.start(), MILLRACE_KYC_SOURCE_TIMEOUT_MS: '2000', MILLRACE_FIELD_KEYS: `${K2},${K1}` };
  kyc = await TestService.start(kycAntifraud, { environment });
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

/** A verification that was asked for earlier, with the hashes of its time. */
async function earlier(mobileIndex: string, deviceIndex: string): Promise<void> {
  await kyc.pool.query(
    `insert into verification (application_id, applicant_record_id, uscc, requested_amount_minor, declared_revenue_minor, policy_version, consents, query_ids,
       device_index, mobile_index, causation_id, requested_at, outcome, completed_at)
     values ($1, $1, $2, 1, 1, 'v', '[]', '{}', $3, $4, 'c', $5, 'pass', $5)`,
    [newId(), nextUscc(), deviceIndex, mobileIndex, new Date(kyc.clock.now().getTime() - 86_400_000)],
  );
}

test('firms of one mobile and one device are counted under every form of the hash', async () => {
  const person = nextPerson();
  const before = new FieldCipher(K1);
  await earlier(oldIndexOf(K1, person.mobile), oldIndexOf(K1, 'device-9'));
  await earlier(before.blindIndex(person.mobile), before.blindIndex('device-9'));
  await earlier(before.blindIndex('13999999999'), before.blindIndex('device-10'));
  const applicationId = await requestVerification(kyc, { uscc: nextUscc(), person, device: { fingerprint: 'device-9', formFillSeconds: 200 } });
  await outcomeOf(kyc, applicationId);
  const { rows } = await kyc.pool.query<{ signals: unknown }>('select signals from verification where application_id = $1', [applicationId]);
  const signals = JSON.stringify(rows[0]!.signals);
  expect([/"deviceFirms30d":(\d+)/.exec(signals)?.[1], /"mobileFirms30d":(\d+)/.exec(signals)?.[1]]).toEqual(['3', '3']);
});
