import { policyInForce } from '@millrace/policy';
import { lapseOf } from './guarantee-policy.js';

const { guarantee } = policyInForce('online_microloan', '2026-03-02');

test.each([
  ['2027-03-02', undefined, '2027-09-02'],
  ['2027-03-02', 24, '2029-03-02'],
  ['2027-08-31', undefined, '2028-02-29'],
])('G-EC-04: a guarantor of a loan that matures on %s, by %j months agreed, is asked to pay until %s', (maturesOn, months, lapsesOn) => {
  expect(lapseOf(maturesOn, months, guarantee)).toBe(lapsesOn);
});
