import { type Finding } from '@millrace/contracts';
import { openFindings } from '@millrace/reasons';
import { referralReasons, refusalReasons } from './told-findings.js';

test('G-AM-03, S14: watch-list and fraud-rule findings are told neither to the applicant nor in events', () => {
  const restricted: Finding[] = [
    { code: 'COMPLIANCE_STOP', severity: 'red' },
    { code: 'DEVICE_RING', severity: 'red', observed: '5' },
  ];
  expect(refusalReasons(restricted)).toEqual([{ code: 'APPLICATION_NOT_PROCESSED', sentence: 'The application cannot be processed.' }]);
  expect(openFindings(restricted)).toEqual([{ code: 'APPLICATION_NOT_PROCESSED', severity: 'red' }]);
  expect(referralReasons([{ code: 'WATCHLIST_POSSIBLE', severity: 'amber' }])).toEqual([
    { code: 'MANUAL_CHECK', sentence: 'A person looks at the application.' },
  ]);
});

test('R-LG-02: a finding that nobody has said may be told is silent', () => {
  expect(referralReasons([{ code: 'A_RULE_OF_TOMORROW', severity: 'amber' }])).toMatchObject([{ code: 'MANUAL_CHECK' }]);
  expect(openFindings([{ code: 'A_RULE_OF_TOMORROW', severity: 'amber', observed: '7' }])).toEqual([{ code: 'MANUAL_CHECK', severity: 'amber' }]);
});

test('SEC-16: what a bureau said goes to the applicant under a neutral code', () => {
  const bureau: Finding[] = ['BUREAU_OVERDUE', 'OWNER_BUREAU_OVERDUE', 'MANY_LENDERS', 'OVERDUE_HISTORY', 'OWNER_OVERDUE_HISTORY'].map((code) => ({
    code,
    severity: 'amber',
  }));
  expect(referralReasons(bureau).map(({ code }) => code)).toEqual(['CREDIT_INFORMATION']);
});

test('S03, R-AP-08: the applicant learns which field is untrue and that it may be corrected', () => {
  expect(
    refusalReasons([
      { code: 'REVENUE_UNTRUE', severity: 'red' },
      { code: 'THIN_FILE', severity: 'amber' },
    ]),
  ).toMatchObject([{ code: 'REVENUE_UNTRUE', sentence: expect.stringContaining('corrected') }]);
});

test('T04: a firm that no register knows is told so, before the identity that could not be proven either', () => {
  expect(
    refusalReasons([
      { code: 'IDENTITY_MISMATCH', severity: 'red' },
      { code: 'REGISTRY_NOT_FOUND', severity: 'amber' },
    ]).map(({ code }) => code),
  ).toEqual(['REGISTRY_NOT_FOUND', 'IDENTITY_MISMATCH']);
});

test('R-CO-04: the applicant learns what it can have mended in its invoice file; lines that contradict each other it is not told of', () => {
  const mendable = ['INVOICES_FUTURE', 'INVOICES_IMPLAUSIBLE', 'INVOICES_OTHER_FORM', 'INVOICES_STALE', 'INVOICES_UNCLEAR'];
  const findings = [...mendable, 'INVOICES_CONTRADICTORY'].map((code): Finding => ({ code, severity: 'amber', observed: '3 of 9 lines' }));
  expect(openFindings(findings).map(({ code }) => code)).toEqual([...mendable, 'MANUAL_CHECK']);
  const told = referralReasons(findings);
  expect(told.map(({ code }) => code)).toEqual([...mendable, 'MANUAL_CHECK']);
  for (const { sentence } of told) expect(sentence).not.toMatch(/contradict|edited|false|suspic|person has to look|lines of \d/);
});

test('a refusal always has a reason', () => {
  expect(refusalReasons([])).toHaveLength(1);
});
