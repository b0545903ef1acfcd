import { ProviderError, type ProviderErrorKind } from '@millrace/service';
import { readFailure, readReply } from './bank-answer.js';

const ID = '0196f2a0-0000-7000-8000-000000000001';
const PAID = { payoutId: ID, status: 'paid', bankReference: 'B1', paidAt: '2026-03-02T01:00:05Z', reason: null };
const failure = (kind: ProviderErrorKind, status?: number, body?: unknown) => new ProviderError('bank', kind, 'failed', status, body);

test('paid, refused and pending are read; a field that only a newer bank knows is passed over', () => {
  expect(readReply(ID, { ...PAID, fee: '0' })).toEqual({ outcome: 'paid', detail: null, bankReference: 'B1', paidAt: new Date('2026-03-02T01:00:05Z') });
  expect(readReply(ID, { ...PAID, status: 'pending', paidAt: null })).toEqual({ outcome: 'unclear', detail: 'PENDING', bankReference: 'B1' });
  expect(readReply(ID, { ...PAID, status: 'refused', paidAt: null, reason: 'NAME_MISMATCH' })).toMatchObject({
    outcome: 'refused',
    reasonCode: 'NAME_MISMATCH',
  });
});

test.each([undefined, null, '', 7, 'account 6222020000001234 is frozen', 'x'.repeat(80)])(
  'a refusal without a usable code (%p) is still one, and passes no text on',
  (reason) => {
    expect(readReply(ID, { ...PAID, status: 'refused', paidAt: null, reason })).toMatchObject({
      outcome: 'refused',
      reasonCode: 'BANK_REFUSED',
      detail: 'BANK_REFUSED',
    });
  },
);

test.each([
  [undefined],
  [null],
  ['paid'],
  [[PAID]],
  [{}],
  [{ ...PAID, status: 'PAID' }],
  [{ ...PAID, status: undefined }],
  [{ ...PAID, payoutId: undefined }],
  [{ ...PAID, payoutId: ID.replace('1', '2') }],
  [{ ...PAID, bankReference: '' }],
  [{ ...PAID, bankReference: 'B'.repeat(101) }],
  [{ ...PAID, paidAt: null }],
  [{ ...PAID, paidAt: '2026-03-02' }],
  [{ ...PAID, paidAt: '2026-13-45T99:00:00Z' }],
])('whatever breaks the contract is unclear: %p', (raw) => {
  expect(readReply(ID, raw).outcome).toBe('unclear');
});

test.each([
  ['send', failure('timeout'), 'unclear TIMEOUT'],
  ['ask', failure('timeout'), 'unclear TIMEOUT'],
  ['send', failure('unavailable'), 'unclear UNAVAILABLE'],
  ['send', failure('unavailable', 503, {}), 'unclear HTTP_503'],
  ['send', failure('invalid', 502), 'unclear INVALID_REPLY'],
  ['send', failure('refused', 409, { code: 'ID_REUSED' }), 'unclear HTTP_409'],
  ['send', failure('refused', 404, { code: 'NOT_FOUND' }), 'unclear HTTP_404'],
  ['send', failure('refused', 400, {}), 'unclear HTTP_400'],
  ['send', failure('refused', 400, undefined), 'unclear HTTP_400'],
  ['send', failure('refused', 400, { code: 'VALIDATION_FAILED' }), 'refused VALIDATION_FAILED'],
  ['send', failure('refused', 422, { code: 'AMOUNT_TOO_HIGH' }), 'refused AMOUNT_TOO_HIGH'],
  ['ask', failure('refused', 404, { code: 'NOT_FOUND' }), 'never_seen '],
  ['ask', failure('refused', 404, {}), 'unclear HTTP_404'],
  ['ask', failure('invalid', 404), 'unclear INVALID_REPLY'],
  ['ask', failure('refused', 422, { code: 'AMOUNT_TOO_HIGH' }), 'unclear HTTP_422'],
] as const)('a failed call is final only where the bank itself says so: %s %o', (call, error, expected) => {
  const { outcome, detail } = readFailure(call, error);
  expect(`${outcome} ${detail ?? ''}`).toBe(expected);
});
