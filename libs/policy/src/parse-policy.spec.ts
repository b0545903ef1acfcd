import { policyOf } from './find-policy.js';
import { parsePolicy } from './parse-policy.js';
import { checkPolicy } from './check-policy.js';

/** What is wrong with the first policy with one value at a path replaced, or removed where it is undefined. */
function changed(path: string, value: unknown): string[] {
  const policy = JSON.parse(JSON.stringify(policyOf('online_microloan.v0'))) as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop()!;
  const section = names.reduce((at, name) => at[name] as Record<string, unknown>, policy);
  section[last] = value;
  return [...parsePolicy(policy).problems];
}

test('the committed parameters and releases are valid', () => {
  expect(checkPolicy()).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['approval.autoMaxMinor', 60_000_000, /^approval.autoMaxMinor 60000000: must be an amount in fen, as a text of digits in quotes$/],
  ['approval', undefined, /^approval is missing: must be there, as an object$/],
  ['limit', [], /^limit \[\]: must be there, as an object$/],
  ['cost.allInCapBps', -2400, /^cost.allInCapBps -2400: must be a whole number from 0 to 3600$/],
  ['cost.allInCapBps', '2400', /must be a whole number/],
  ['effectiveFrom', '2026-02-30', /must be a day of the calendar/],
  ['version', 'first', /^version "first": must be the lender type/],
  ['repayment.gracedays', 3, /^repayment.gracedays 3: property gracedays should not exist/],
  ['approval.autoGrades', ['R1', 'R2', 'R3', 'R4'], /must name R1, R2, .* once each/],
  ['approval.rejectGrades', ['R8', 'R9'], /must name R1, R2, .* once each/],
  ['approval.autoMaxMinor', '60000000', /^approval.autoMaxMinor must not be above approval.singleLowerGradeMaxMinor$/],
  ['approval.fraudGreenBelow', 700, /fraudGreenBelow must be below approval.fraudRedFrom/],
  ['limit.revenueShareBps.R4', 150, /must not rise from a better grade to a worse one/],
  ['limit.dscr', '1,25', /limit.dscr "1,25": must be a decimal/],
  ['limit.taxMultiple.D', 3, /limit.taxMultiple must fall/],
  ['riskIndex.weights.owner', 20, /add up to 100; they add up to 110/],
  ['riskIndex.bureauNotClean', 60, /known to be bad must score below unknown/],
  ['payment.unknownQuerySeconds', [], /unknownQuerySeconds/],
  ['payment.unknownQuerySeconds', [30, 20], /must rise/],
  ['coolingOff.endingCauses', ['abnormal'], /must be codes of reasons/],
  ['entry.minApplicantAgeYears', 31, /must be a whole number from 0 to 30/],
  ['entry.barredIndustries', ['K7'], /sections and divisions of GB/],
  ['entry.servedRegions', ['9'], /first two to six digits/],
  ['entry.barredPurposes', ['gambling'], /barredPurposes/],
  ['entry.firmSizes', [{ industries: ['A'], smallFrom: { revenueMinor: '5' } }], /must be rows of industries, smallFrom and largerFrom/],
  ['entry.firmSizes', [{ industries: ['A'], smallFrom: { revenue: '5' }, largerFrom: { employees: 5 } }], /must be rows of industries/],
  ['entry.firmSizes', [{ industries: [], smallFrom: { employees: 2 }, largerFrom: { employees: 5 } }], /must be rows of industries/],
  ['coolingOff.fraudDays', 10, /coolingOff.otherDays must not be above coolingOff.fraudDays/],
])('T31: a policy with %s %j is refused in one line that names field, value and remedy', (path, value, line) => {
  const problems = changed(path, value);
  expect(problems[0]).toMatch(line);
  expect(problems.join()).not.toContain('\n');
});
