import { recognise, transferRefusal, type KnownTransfer, type ReportedTransfer } from './repayment-policy.js';

const LOAN = { currency: 'CNY', disbursedOn: '2026-03-02', heldMinor: 5n };
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

const known = (change: Partial<KnownTransfer> = {}): KnownTransfer => ({ by: 'id', loanId: 'L', repaymentId: 'R', contentSha256: 'aa', ...change });

test('M-EV-07: an id answers for its first content, whether it made the repayment or repeated one', () => {
  expect(recognise([], 'L', 'aa')).toEqual({ kind: 'new' });
  expect(recognise([known(), known({ by: 'bank_reference' })], 'L', 'aa')).toEqual({ kind: 'repeat', repaymentId: 'R' });
  expect(recognise([known({ by: 'duplicate_id' })], 'L', 'aa')).toEqual({ kind: 'repeat', repaymentId: 'R' });
  expect(recognise([known()], 'L', 'bb')).toEqual({ kind: 'id_reused' });
});

test('S16: a bank reference under another id is the same transfer, unless amount, day or loan differ', () => {
  const byReference = known({ by: 'bank_reference' });
  expect(recognise([byReference], 'L', 'aa')).toEqual({ kind: 'duplicate', repaymentId: 'R' });
  expect(recognise([byReference], 'L', 'bb')).toEqual({ kind: 'bank_reference_reused' });
  expect(recognise([byReference], 'M', 'aa')).toEqual({ kind: 'bank_reference_reused' });
});
