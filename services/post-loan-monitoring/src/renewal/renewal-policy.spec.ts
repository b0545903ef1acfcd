import { policyInForce } from '@millrace/policy';
import { account } from '../../test/loans.js';
import { faultOfAsking, faultOfRenewal, faultOfSettlement } from './renewal-policy.js';

// S01 with interest month by month: 300,000.00 of principal on 2 March 2027, 1,587.50 of interest on the 2nd of each month.
const loan = account({ repaymentMethod: 'interest_monthly' });
const MONTH_MINOR = 158_750n;
const paid = loan.instalments.slice(0, 11).map(({ dueOn: valueOn, number }) => ({ repaymentId: `0${number}`, valueOn, amountMinor: MONTH_MINOR }));
const inOrder = { ...loan, movements: paid, valuedOn: paid.at(-1)!.valueOn };
const rules = policyInForce('online_microloan', '2027-02-10');
const asked = { amountMinor: 30_000_000n, on: '2027-02-10' };

test('G-CL-15: a loan that is in order and about to mature may be renewed, for all of its principal or less', () => {
  expect(faultOfAsking(inOrder, asked, rules)).toBeUndefined();
  expect(faultOfAsking(inOrder, { ...asked, amountMinor: 1n }, rules)).toBeUndefined();
  expect(faultOfAsking({ ...inOrder, status: 'OVERDUE' }, asked, rules)).toBe('RENEWAL_IN_ARREARS');
});

test.each([
  ['more than it owes of principal', inOrder, { ...asked, amountMinor: 30_000_001n }, 'RENEWAL_AMOUNT_TOO_HIGH'],
  ['interest in arrears', { ...inOrder, movements: paid.slice(0, 10) }, asked, 'RENEWAL_IN_ARREARS'],
  ['it was renewed already, and is owed again', { ...inOrder, renewedByLoanId: 'ff' }, asked, 'RENEWAL_LOAN_NOT_ACTIVE'],
  [
    'interest was in arrears on the day, and came later',
    { ...inOrder, movements: [...paid.slice(0, 10), { ...paid[10]!, valueOn: '2027-02-11' }] },
    asked,
    'RENEWAL_IN_ARREARS',
  ],
  ['it is repaid', { ...inOrder, status: 'SETTLED' as const }, asked, 'RENEWAL_LOAN_NOT_ACTIVE'],
  ['it is called in', { ...inOrder, status: 'ACCELERATED' as const }, asked, 'RENEWAL_LOAN_NOT_ACTIVE'],
  ['misuse, evasion or a restructuring has made it worse', { ...inOrder, loanClass: 'SPECIAL_MENTION' as const }, asked, 'RENEWAL_LOAN_NOT_NORMAL'],
  ['the day before the maturity is the last', inOrder, { ...asked, on: '2027-03-01' }, undefined],
  ['on the day of the maturity', inOrder, { ...asked, on: '2027-03-02' }, 'RENEWAL_AFTER_MATURITY'],
] as const)('G-CL-15: %s', (_, known, question, code) => {
  expect(faultOfRenewal(known, question, rules)).toBe(code);
});

test('G-CL-15: it is asked for in the days before the maturity that the lender says, and signed on any of them', () => {
  expect(rules.renewal.askDays).toBe(60);
  expect(faultOfAsking(inOrder, { ...asked, on: '2027-01-01' }, rules)).toBeUndefined();
  expect(faultOfAsking(inOrder, { ...asked, on: '2026-12-31' }, rules)).toBe('RENEWAL_TOO_EARLY');
});

test('G-CL-04: where the rules do not exempt renewals, a loan is not renewed', () => {
  const strict = { ...rules, classification: { ...rules.classification, renewalExempt: false } };
  expect(faultOfRenewal(inOrder, asked, strict)).toBe('RENEWAL_NOT_OFFERED');
});

test('G-CL-15: a signed renewal settles the loan on its day, or not at all: interest to the day is paid in money before', () => {
  const renewal = { repaymentId: 'ff', valueOn: asked.on, amountMinor: 30_000_000n, isRenewal: true } as const;
  expect(faultOfSettlement(inOrder, renewal, rules)).toBe('RENEWAL_INTEREST_UNPAID');
  // Eight thirtieths of a month, as contracts without clauses share it: 423.33.
  const interest = { repaymentId: 'ee', valueOn: asked.on, amountMinor: 42_333n };
  const ready = { ...inOrder, movements: [...paid, interest], valuedOn: asked.on };
  expect(faultOfSettlement(ready, renewal, rules)).toBeUndefined();
  expect(faultOfSettlement(ready, { ...renewal, amountMinor: 29_999_999n }, rules)).toBe('RENEWAL_INTEREST_UNPAID');
  const principal = { ...interest, repaymentId: 'ed', amountMinor: 1n };
  expect(faultOfSettlement({ ...ready, movements: [...ready.movements, principal] }, { ...renewal, amountMinor: 29_999_999n }, rules)).toBeUndefined();
  // What the close has found of later days is no fault of a contract that was signed in time.
  expect(faultOfSettlement({ ...ready, status: 'OVERDUE' }, renewal, rules)).toBeUndefined();
  // Money of the borrower would be left on a loan that has ended.
  const prepaid = { ...ready, movements: [...paid, { ...interest, amountMinor: 2_042_333n }], heldMinor: 2_042_333n };
  expect(faultOfSettlement(prepaid, renewal, rules)).toBe('RENEWAL_AMOUNT_TOO_HIGH');
  expect(faultOfSettlement(prepaid, { ...renewal, amountMinor: 28_000_000n }, rules)).toBeUndefined();
  expect(faultOfAsking(prepaid, asked, rules)).toBe('RENEWAL_AMOUNT_TOO_HIGH');
  // Money that counts from the day after the signature would end the loan a day late.
  const tooLate = { ...inOrder, movements: [...paid, { ...interest, valueOn: '2027-02-11', amountMinor: 60_000n }], valuedOn: '2027-02-11' };
  expect(faultOfSettlement(tooLate, renewal, rules)).toBe('RENEWAL_INTEREST_UNPAID');
});
