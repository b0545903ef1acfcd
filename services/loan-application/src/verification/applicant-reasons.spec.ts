import { referralReasons, refusalReasons } from './applicant-reasons.js';

test('G-AM-03, S14: watch-list and fraud-rule findings are told neither to the applicant nor in events', () => {
  expect(
    refusalReasons([
      { code: 'COMPLIANCE_STOP', severity: 'red' },
      { code: 'DEVICE_RING', severity: 'red', observed: '5' },
    ]),
  ).toEqual([{ code: 'APPLICATION_NOT_PROCESSED', sentence: 'The application cannot be processed.' }]);
  expect(referralReasons([{ code: 'WATCHLIST_POSSIBLE', severity: 'amber' }])).toEqual([
    { code: 'MANUAL_CHECK', sentence: 'A person looks at the application.' },
  ]);
});

test('S03: the applicant learns which field is untrue and that it may be corrected', () => {
  expect(
    refusalReasons([
      { code: 'REVENUE_UNTRUE', severity: 'red' },
      { code: 'THIN_FILE', severity: 'amber' },
    ]),
  ).toMatchObject([{ code: 'REVENUE_UNTRUE', sentence: expect.stringContaining('corrected') }]);
});

test('a refusal always has a reason', () => {
  expect(refusalReasons([])).toHaveLength(1);
});
