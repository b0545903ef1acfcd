import { ConsentRevoked, newId, type ConsentRef, type ConsentType } from '@millrace/contracts';
import { RISK_OFFICER, type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { ALL_CONSENTS, nextPerson, nextUscc, outcomeOf, parkedRound, requestVerification, startKyc } from '../../test/verified-firm.js';

// Method: the real service on real PostgreSQL; a source is down when the consent is withdrawn, and back in the next round.
const providers = new RecordingProviders();
let kyc: TestService;
beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

const REVOKED_AT = '2026-03-02T01:00:10.000Z';
const consentsOfOne = (): ConsentRef[] => ALL_CONSENTS.map((consent) => ({ ...consent, consentId: newId() }));
const idOf = (consents: readonly ConsentRef[], type: ConsentType): string => consents.find((consent) => consent.type === type)!.consentId;

test('S11, R-LE-01: after C2 is withdrawn the bureau is not asked, each query that was due is logged, and the earlier ones stay as evidence', async () => {
  const [uscc, consents] = [nextUscc(), consentsOfOne()];
  providers.set(uscc, { 'personal-queries': 503 });
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson(), consents });
  await parkedRound(kyc, applicationId);
  const before = providers.about(uscc).length;
  await kyc.deliver(new ConsentRevoked({ applicationId, consentId: idOf(consents, 'C2'), type: 'C2', revokedAt: REVOKED_AT, storedOnly: true }));
  providers.set(uscc, {});
  kyc.clock.advance(5_000);
  const { type, payload } = await outcomeOf(kyc, applicationId);
  expect([type, payload.blockedUntil, payload.findings]).toEqual(['rejected', null, [{ code: 'CONSENT_MISSING', severity: 'red', observed: 'C2' }]]);
  expect(providers.about(uscc)).toHaveLength(before);
  const { body } = await kyc.call('GET', `/verifications/${applicationId}`, RISK_OFFICER);
  expect(body.refusedQueries).toEqual([{ source: 'personal_bureau', consentId: idOf(consents, 'C2'), refusedAt: kyc.clock.now().toISOString() }]);
  expect(body.provenance.map(({ source }: { source: string }) => source)).toEqual(expect.arrayContaining(['identity', 'tax', 'enterprise_bureau']));
});

test('G-PI-01: once a consent is withdrawn the person is stored only; before, who has to check it may look', async () => {
  const [uscc, consents] = [nextUscc(), consentsOfOne()];
  providers.set(uscc, { tax: { ...CLEAN.tax, declaredAnnualRevenueMinor: '5000000' } });
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson(), consents, declaredRevenueMinor: '5000000' });
  expect((await outcomeOf(kyc, applicationId)).type).toBe('referred');
  expect((await kyc.call('GET', `/persons/${applicationId}`, RISK_OFFICER)).status).toBe(200);
  // Of an application that goes on, the officer still has to see whom it is about.
  await kyc.deliver(new ConsentRevoked({ applicationId, consentId: idOf(consents, 'C9'), type: 'C9', revokedAt: REVOKED_AT, storedOnly: false }));
  expect((await kyc.call('GET', `/persons/${applicationId}`, RISK_OFFICER)).status).toBe(200);
  await kyc.deliver(new ConsentRevoked({ applicationId, consentId: idOf(consents, 'C3'), type: 'C3', revokedAt: REVOKED_AT, storedOnly: true }));
  expect(await kyc.call('GET', `/persons/${applicationId}`, RISK_OFFICER)).toMatchObject({ status: 409, body: { code: 'STORED_ONLY' } });
  const looks = await kyc.pool.query('select 1 from restricted_read where application_id = $1', [applicationId]);
  expect(looks.rowCount).toBe(2);
});

test('the withdrawal of another application’s consent, or of one that no source needs, stops no query', async () => {
  const [uscc, consents] = [nextUscc(), consentsOfOne()];
  providers.set(uscc, { tax: 503 });
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson(), consents });
  await parkedRound(kyc, applicationId);
  await kyc.deliver(new ConsentRevoked({ applicationId: newId(), consentId: newId(), type: 'C2', revokedAt: REVOKED_AT, storedOnly: true }));
  await kyc.deliver(new ConsentRevoked({ applicationId, consentId: idOf(consents, 'C9'), type: 'C9', revokedAt: REVOKED_AT, storedOnly: true }));
  providers.set(uscc, {});
  kyc.clock.advance(5_000);
  expect((await outcomeOf(kyc, applicationId)).type).toBe('passed');
});
