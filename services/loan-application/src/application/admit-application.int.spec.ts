import { newId } from '@millrace/contracts';
import { PARTNER, RISK_OFFICER, type TestService } from '@millrace/testing';
import { startHub, submit } from '../../test/hub.js';
import { consentsOf, submission } from '../../test/submission.js';

// Goal: probe 8: what an application's content alone refuses is refused before anybody is recorded. Method: the real service on real PostgreSQL, asked as the gateway asks it.
let hub: TestService;
beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:9');
}, 120_000);
afterAll(() => hub.stop());

const { applicantRecordId: _person, payeeRecordId: _account, ...TERMS } = submission();
const admit = (change: object, id = newId(), by = PARTNER) =>
  hub.call('PUT', `/loan-applications/${id}/admission`, by, { ...TERMS, consents: consentsOf(hub.clock.now()), ...change });

test.each<[string, object, string | undefined]>([
  ['what would be taken', {}, undefined],
  ['no consent', { consents: [] }, 'CONSENT_MISSING'],
  [
    'a published version with another hash',
    { consents: consentsOf(new Date('2026-03-02T01:00:00Z')).map((one) => ({ ...one, textVersion: `consent-${one.type}.v1` })) },
    'CONSENT_TEXT_CHANGED',
  ],
  ['an amount', { requestedAmountMinor: '1' }, 'AMOUNT_OUT_OF_RANGE'],
  ['a page', { disclosuresAcknowledged: [] }, 'DISCLOSURE_NOT_ACKNOWLEDGED'],
  [
    'an old consent of a guarantor',
    { guarantors: [{ guarantorId: newId(), consents: consentsOf(new Date('2020-01-01T00:00:00Z')).slice(0, 1) }] },
    'CONSENT_TOO_OLD',
  ],
])('G-PI-01: %s', async (_, change, code) => {
  const { status, body } = await admit(change);
  expect([status, body.code]).toEqual([code ? 422 : 200, code]);
});

test('a retry of what was taken is let through to its first answer; who may not apply is refused', async () => {
  const id = await submit(hub);
  expect((await admit({ consents: [] }, id)).status).toBe(200);
  expect((await admit({}, newId(), RISK_OFFICER)).body.code).toBe('FORBIDDEN');
});
