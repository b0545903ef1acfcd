import { namedLoan } from './named-loan.js';

const LOAN = '0196f2a0-0000-7000-8000-00000000000a';

test.each([
  [LOAN, LOAN],
  [`还款${LOAN}第3期`, LOAN],
  [`REPAY ${LOAN.toUpperCase()}`, LOAN],
  [LOAN.replaceAll('-', ''), LOAN],
  [`${LOAN} / ${LOAN.replaceAll('-', '')}`, LOAN],
])('the reference %p names one loan', (text, loan) => {
  expect(namedLoan(text)).toBe(loan);
});

test.each([
  '',
  'repayment of March',
  LOAN.slice(0, -1),
  `${LOAN}0`,
  `a${LOAN}`,
  // No UUIDv7: nothing of ours has such an id.
  LOAN.replace('-7', '-4'),
  `${LOAN} ${LOAN.replace(/a$/, 'b')}`,
])('the reference %p names none, or more than one', (text) => {
  expect(namedLoan(text)).toBeUndefined();
});
