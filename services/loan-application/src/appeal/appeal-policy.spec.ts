import { appealRefusal } from './appeal-policy.js';

const DECIDED = { tier: 'T0', decidedAt: '2028-05-09T01:00:00.000Z' } as const;
const on = (day: string): Date => new Date(`${day}T01:00:00.000Z`);

test.each([
  ['on the last day', { decision: DECIDED, isBeforeChecks: false, isUsed: false }, '2028-06-08', undefined],
  ['a day later', { decision: DECIDED, isBeforeChecks: false, isUsed: false }, '2028-06-09', 'APPEAL_TOO_LATE'],
  ['against a person', { decision: { ...DECIDED, tier: 'T1' as const }, isBeforeChecks: false, isUsed: false }, '2028-05-10', 'APPEAL_NOT_POSSIBLE'],
  ['against a rule at the door', { decision: DECIDED, isBeforeChecks: true, isUsed: false }, '2028-05-10', 'APPEAL_NOT_POSSIBLE'],
  ['a second time', { decision: DECIDED, isBeforeChecks: false, isUsed: true }, '2028-05-10', 'APPEAL_USED'],
] as const)('S09, M-AP-18: an appeal %s', (_, ground, day, code) => {
  expect(appealRefusal(ground, { appealDays: 30 }, on(day))?.code).toBe(code);
});

test('a release that knows no appeal takes none', () => {
  expect(appealRefusal({ decision: DECIDED, isBeforeChecks: false, isUsed: false }, { appealDays: 0 }, on('2028-05-09'))?.code).toBe('APPEAL_NOT_POSSIBLE');
});
