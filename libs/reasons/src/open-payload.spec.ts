import { openPayload } from './open-payload.js';

test('SEC-12: findings, reasons, score and decision of an earlier version are read without what points at suspicion', () => {
  const findings = [
    { code: 'DEVICE_SHARED', severity: 'amber', observed: '4 firms' },
    { code: 'COMPLIANCE_STOP', severity: 'red' },
    { code: 'TAX_ARREARS', severity: 'amber', observed: '12 yuan' },
  ];
  expect(openPayload({ applicationId: 'a', fraudScore: 650, findings, facts: { monthsInBusiness: 4 } })).toEqual({
    applicationId: 'a',
    findings: [{ code: 'MANUAL_CHECK', severity: 'amber' }, { code: 'APPLICATION_NOT_PROCESSED', severity: 'red' }, findings[2]],
    facts: { monthsInBusiness: 4 },
  });
  const told = { code: 'TAX_CLASS_D', sentence: 'The tax authority rates the firm class D.' };
  expect(openPayload({ reasons: [{ code: 'WATCHLIST_POSSIBLE', sentence: 'A name resembles one on a watch list.' }, told] })).toEqual({
    reasons: [{ code: 'MANUAL_CHECK', sentence: 'A person looks at the application.' }, told],
  });
  expect(openPayload({ decision: 'reject', reasonCode: 'FRAUD_CONFIRMED' })).toEqual({ decision: 'reject', reasonCode: 'DECLINED_BY_PERSON' });
});

test('what holds no suspicion is read as it is, and what is no event of ours shows nothing under the names of such fields', () => {
  const failed = { applicationId: 'a', reasonCode: 'PAYEE_UNKNOWN', amountMinor: '5' };
  expect(openPayload(failed)).toEqual(failed);
  for (const text of ['no JSON', null, 5]) expect(openPayload(text)).toBe(text);
  expect(openPayload({ findings: 'DEVICE_RING', reasons: [null, 'DEVICE_RING'], reasonCode: { code: 'DEVICE_RING' }, rest: 1 })).toEqual({
    reasons: [],
    rest: 1,
  });
});
