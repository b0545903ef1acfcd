import type { Finding } from '@millrace/contracts';
import { blockedUntil, identityPassed } from './block-policy.js';

const now = new Date('2026-03-02T01:00:00Z');
const parameters = { fraudDays: 180, otherDays: 30, endingCauses: ['ABNORMAL_LIST', 'PAYOUT_REFUSED'] };
const found = (...codes: string[]): { findings: Finding[] } => ({ findings: codes.map((code) => ({ code, severity: 'red' })) });

test('M-AP-08: a confirmed fraud blocks for the long term, every other refusal for the short one', () => {
  expect(blockedUntil({ verification: found('DEVICE_RING'), confirmedFraud: true }, parameters, now)).toEqual(new Date('2026-08-29T01:00:00Z'));
  expect(blockedUntil({ verification: found('TAX_CLASS_D'), confirmedFraud: false }, parameters, now)).toEqual(new Date('2026-04-01T01:00:00Z'));
  expect(blockedUntil({ verification: found(), confirmedFraud: false }, { ...parameters, otherDays: 0 }, now)).toBeUndefined();
});

test.each(['IDENTITY_MISMATCH', 'FACE_MISMATCH', 'LIVENESS_FAILED', 'LEGAL_REP_MISMATCH', 'REGISTRY_NOT_FOUND', 'BUREAU_NOT_QUERIED'])(
  'T03, SEC-12: an application with %s blocks nobody, fraud or not',
  (code) => {
    for (const confirmedFraud of [true, false])
      expect(blockedUntil({ verification: found(code, 'DEVICE_RING'), confirmedFraud }, parameters, now)).toBeUndefined();
  },
);

test('SEC-12: nor does one that was never verified; one whose identity a person has cleared does', () => {
  expect(identityPassed(null)).toBe(false);
  expect(identityPassed({ ...found('LEGAL_REP_MISMATCH'), clearedByPerson: true })).toBe(true);
});

test.each<[string, string[], boolean, boolean]>([
  ['off the list again', ['ABNORMAL_LIST'], false, true],
  ['a payout that the bank refused', ['PAYOUT_REFUSED'], false, true],
  ['two causes that end', ['ABNORMAL_LIST', 'PAYOUT_REFUSED'], false, true],
  ['one that ends beside one that does not', ['ABNORMAL_LIST', 'TAX_CLASS_D'], false, false],
  ['one that does not', ['TAX_CLASS_D'], false, false],
  ['a confirmed fraud, whatever else is said', ['ABNORMAL_LIST'], true, false],
  ['no cause that is known', [], false, false],
])('S10, M-AP-08: whether a firm may apply again at once: %s', (_, causes, confirmedFraud, atOnce) => {
  const until = blockedUntil({ verification: found(...causes), confirmedFraud, causes }, parameters, now);
  expect(until === undefined).toBe(atOnce);
});

test('before the release that names causes which end, each of them makes a firm wait', () => {
  const before = { ...parameters, endingCauses: [] };
  expect(blockedUntil({ verification: found(), confirmedFraud: false, causes: ['ABNORMAL_LIST'] }, before, now)).toEqual(new Date('2026-04-01T01:00:00Z'));
});
