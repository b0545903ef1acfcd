import { CONSENT_TYPES, VERIFICATION_CONSENTS, type ConsentRef } from '@millrace/contracts';
import { consentFor, missingConsents } from './consent-policy.js';

const now = new Date('2026-03-02T01:00:00Z');
const all: ConsentRef[] = CONSENT_TYPES.map((type) => ({ consentId: `id-${type}`, type, grantedAt: '2026-03-02T01:00:00Z' }));

test('M-AP-06: C1 to C5 must be given before anything is asked; a grant in the future is none', () => {
  expect(missingConsents(all, now)).toEqual([]);
  expect(missingConsents([], now)).toEqual(VERIFICATION_CONSENTS);
  expect(VERIFICATION_CONSENTS).toEqual(['C1', 'C2', 'C3', 'C4', 'C5']);
  const late = all.map((consent) => (consent.type === 'C2' ? { ...consent, grantedAt: '2026-03-02T01:00:00.001Z' } : consent));
  expect(missingConsents(late, now)).toEqual(['C2']);
});

test('G-CB-01, G-CB-02, G-PI-02, R-LG-03: each source runs under its own consent, and none without it', () => {
  expect(consentFor('enterprise_bureau', all)).toBe('id-C1');
  expect(consentFor('personal_bureau', all)).toBe('id-C2');
  expect(consentFor('identity', all)).toBe('id-C4');
  expect(consentFor('tax', all)).toBe('id-C5');
  expect(consentFor('courts', [])).toBeNull();
  expect(() =>
    consentFor(
      'identity',
      all.filter((consent) => consent.type !== 'C3'),
    ),
  ).toThrow('C3');
  expect(() => consentFor('personal_bureau', [])).toThrow('C2');
});
