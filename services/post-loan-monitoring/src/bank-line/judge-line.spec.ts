import type { LoanAccount } from '../loan/loan-account.js';
import { judgeLine } from './judge-line.js';

const LINE = { tenantId: 't1', loanId: 'l1', amountMinor: '100', currency: 'CNY', valueOn: '2026-03-02', bankReference: 'B1' };
const ACCOUNT = {
  ...{
    tenantId: 't1',
    currency: 'CNY',
    disbursedOn: '2026-03-01',
    heldMinor: 0n,
    settledOn: null,
    closedOn: null,
    returnedOn: null,
    transferredOn: null,
    transferredTo: null,
    principalMinor: 90n,
    totalInterestMinor: 10n,
  },
  instalments: [{ principalMinor: 90n, interestMinor: 10n, paidPrincipalMinor: 0n, paidInterestMinor: 0n, waivedInterestMinor: 0n }],
} as unknown as LoanAccount;
const KNOWN = { repaymentId: 'r1', loanId: 'l1', amountMinor: '100', isShown: false };
const RULES = { holdAboveOwedMultiple: 2, chargesOf: () => 0n };
const ANNOUNCED = { repaymentId: 'r1', loanId: 'l1', amountMinor: '100' };
const NOTHING = { repayment: undefined, announced: undefined };
const judge = (line: object = {}, account: LoanAccount | undefined = ACCOUNT, repayment?: typeof KNOWN, announced?: typeof ANNOUNCED) =>
  judgeLine({ ...LINE, ...line }, account, { repayment, announced }, '2026-03-02', RULES);
const why = (verdict: ReturnType<typeof judge>) => (verdict.outcome === 'SUSPENSE' ? verdict.reason : verdict.outcome);

test('S16: what is known of a line decides in this order', () => {
  expect(why(judge())).toBe('BOOKED');
  expect(judge({}, ACCOUNT, KNOWN)).toEqual({ outcome: 'CONFIRMED', repaymentId: 'r1' });
  expect(why(judge({}, ACCOUNT, { ...KNOWN, amountMinor: '101' }))).toBe('REFERENCE_TAKEN');
  expect(why(judge({}, ACCOUNT, { ...KNOWN, isShown: true }))).toBe('REFERENCE_TAKEN');
  expect(why(judge({}, ACCOUNT, { ...KNOWN, loanId: 'l2' }))).toBe('REFERENCE_TAKEN');
  expect(judge({ loanId: undefined }, undefined, KNOWN)).toEqual({ outcome: 'CONFIRMED', repaymentId: 'r1' });
  expect(why(judge({ loanId: undefined }))).toBe('NO_LOAN_NAMED');
  expect(why(judgeLine(LINE, undefined, NOTHING, '2026-03-02', undefined))).toBe('LOAN_UNKNOWN');
  expect(why(judge({ tenantId: 't2' }))).toBe('LOAN_UNKNOWN');
  expect(why(judge({ currency: 'USD' }))).toBe('CURRENCY_MISMATCH');
  expect(why(judge({ valueOn: '2026-03-03' }))).toBe('RECEIVED_IN_FUTURE');
  expect(why(judge({ valueOn: '2026-02-28' }))).toBe('RECEIVED_BEFORE_DISBURSEMENT');
  expect([why(judge({ amountMinor: '200' })), why(judge({ amountMinor: '201' }))]).toEqual(['BOOKED', 'MORE_THAN_OWED']);
});

test('R-DB-08: an announcement says whose money it is only where the payer names no loan, and only if it knows the amount', () => {
  expect(why(judge({}, ACCOUNT, undefined, ANNOUNCED))).toBe('BOOKED');
  expect(why(judge({ amountMinor: '90' }, ACCOUNT, undefined, ANNOUNCED))).toBe('BOOKED');
  expect(why(judge({}, ACCOUNT, undefined, { ...ANNOUNCED, loanId: 'l2' }))).toBe('BOOKED');
  expect(why(judge({ loanId: undefined }, ACCOUNT, undefined, ANNOUNCED))).toBe('BOOKED');
  expect(why(judge({ loanId: undefined, amountMinor: '90' }, ACCOUNT, undefined, ANNOUNCED))).toBe('ANNOUNCED_OTHERWISE');
  expect(why(judge({ loanId: undefined, amountMinor: '201' }, ACCOUNT, undefined, { ...ANNOUNCED, amountMinor: '201' }))).toBe('MORE_THAN_OWED');
});

test('R-DB-08: what the bank says is a transfer of ours coming back pays no loan, whatever its text names, and none that is void takes money', () => {
  expect(why(judge({ returnOf: 'BK1' }))).toBe('RETURN_UNMATCHED');
  expect(why(judge({ returnOf: 'BK1' }, ACCOUNT, KNOWN))).toBe('RETURN_UNMATCHED');
  expect(why(judge({}, { ...ACCOUNT, returnedOn: '2026-03-01' }))).toBe('LOAN_RETURNED');
});
