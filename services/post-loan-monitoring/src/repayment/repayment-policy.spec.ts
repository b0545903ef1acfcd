import { recognise, transferRefusal, type KnownTransfer, type ReportedTransfer } from './repayment-policy.js';

const LOAN = { currency: 'CNY', disbursedOn: '2026-03-02', heldMinor: 5n, closedOn: null, returnedOn: null, transferredOn: null, transferredTo: null };
const TODAY = '2026-04-02';
const transfer = (change: Partial<ReportedTransfer> = {}): ReportedTransfer => ({
  amountMinor: '2586822',
  currency: 'CNY',
  receivedOn: TODAY,
  bankReference: 'B-1',
  ...change,
});

test('a transfer of today and one of the day of payment are taken', () => {
  expect(transferRefusal(transfer(), LOAN, TODAY)).toBeUndefined();
  expect(transferRefusal(transfer({ receivedOn: '2026-03-02', amountMinor: '1' }), LOAN, TODAY)).toBeUndefined();
});

test('R-DB-08: a loan whose payout came back takes no money', () => {
  expect(transferRefusal(transfer(), { ...LOAN, returnedOn: '2026-03-04' }, TODAY)?.code).toBe('LOAN_RETURNED');
});

test('R-PL-06: a loan whose claim was sold takes no money, and says whose it is', () => {
  const sold = transferRefusal(transfer(), { ...LOAN, transferredOn: '2026-03-04', transferredTo: '样例资产管理有限公司' }, TODAY);
  expect([sold?.code, sold?.detail]).toEqual(['CLAIM_TRANSFERRED', expect.stringContaining('样例资产管理有限公司 since 2026-03-04')]);
});

test.each<[string, Partial<ReportedTransfer>]>([
  ['AMOUNT_NEGATIVE', { amountMinor: '-1' }],
  ['AMOUNT_NOT_WHOLE_FEN', { amountMinor: '1.5' }],
  ['AMOUNT_NOT_WHOLE_FEN', { amountMinor: '007' }],
  ['AMOUNT_ZERO', { amountMinor: '0' }],
  ['AMOUNT_OUT_OF_RANGE', { amountMinor: '999999999999999995' }],
  ['CURRENCY_MISMATCH', { currency: 'USD' }],
  ['RECEIVED_IN_FUTURE', { receivedOn: '2026-04-03' }],
  ['RECEIVED_BEFORE_DISBURSEMENT', { receivedOn: '2026-03-01' }],
])('%s', (code, change) => {
  expect(transferRefusal(transfer(change), LOAN, TODAY)).toMatchObject({ code, field: Object.keys(change)[0] });
});

const known = (change: Partial<KnownTransfer> = {}): KnownTransfer => ({
  ...{ by: 'announced_id', loanId: 'L', repaymentId: 'R', contentSha256: 'aa', amountMinor: '7' },
  ...change,
});
const AA = { contentSha256: 'aa', amountMinor: '7' };
const BB = { contentSha256: 'bb', amountMinor: '7' };

test('M-EV-07: an id answers for what was first said under it, whatever the bank has shown since', () => {
  expect(recognise([], 'L', AA)).toEqual({ kind: 'new' });
  expect(recognise([known(), known({ by: 'announced_reference' })], 'L', AA)).toEqual({ kind: 'repeat', repaymentId: 'R' });
  expect(recognise([known(), known({ by: 'booked_id', contentSha256: 'cc' })], 'L', AA)).toEqual({ kind: 'repeat', repaymentId: 'R' });
  expect(recognise([known({ by: 'duplicate_id', amountMinor: null })], 'L', AA)).toEqual({ kind: 'repeat', repaymentId: 'R' });
  expect(recognise([known()], 'L', BB)).toEqual({ kind: 'id_reused' });
});

test.each(['booked_reference', 'announced_reference', 'held_reference'] as const)(
  'S16: %s under another id is the same transfer, also with another day, unless amount or loan differ',
  (by) => {
    expect(recognise([known({ by })], 'L', AA)).toEqual({ kind: 'duplicate', repaymentId: 'R' });
    expect(recognise([known({ by })], 'L', BB)).toEqual({ kind: 'duplicate', repaymentId: 'R' });
    expect(recognise([known({ by })], 'L', { ...AA, amountMinor: '8' })).toEqual({ kind: 'bank_reference_reused' });
    expect(recognise([known({ by })], 'M', AA)).toEqual({ kind: 'bank_reference_reused' });
  },
);
