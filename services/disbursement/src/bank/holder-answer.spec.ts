import { ProviderError } from '@millrace/service';
import { readHolderFailure, readHolderReply } from './holder-answer.js';

const ID = '0196f2a0-0000-7000-8000-000000000001';

test.each([
  ['matched', 'holder_confirmed', undefined],
  ['mismatched', 'holder_refused', 'PAYEE_NAME_MISMATCH'],
  ['account_not_found', 'holder_refused', 'PAYEE_ACCOUNT_NOT_FOUND'],
  ['not_verifiable', 'holder_refused', 'PAYEE_NOT_VERIFIABLE'],
  ['partly', 'holder_refused', 'PAYEE_NOT_VERIFIABLE'],
  ['toString', 'holder_refused', 'PAYEE_NOT_VERIFIABLE'],
])('SEC-9: %s is %s', (result, outcome, reasonCode) => {
  expect(readHolderReply(ID, { verificationId: ID, result })).toEqual({ outcome, ...(reasonCode ? { reasonCode } : {}) });
});

test.each([
  undefined,
  null,
  'matched',
  [],
  {},
  { result: 'matched' },
  { verificationId: ID, result: true },
  { verificationId: ID.replace('1', '2'), result: 'matched' },
])('SEC-9: %p is no yes', (raw) => {
  expect(readHolderReply(ID, raw).outcome).toBe('holder_unclear');
});

test('a bank that is away is asked again; one that refuses the question cannot say', () => {
  expect(readHolderFailure(new ProviderError('bank', 'timeout', 'failed'))).toEqual({ outcome: 'holder_unclear', detail: 'TIMEOUT' });
  expect(readHolderFailure(new ProviderError('bank', 'unavailable', 'failed', 503))).toEqual({ outcome: 'holder_unclear', detail: 'HTTP_503' });
  expect(readHolderFailure(new ProviderError('bank', 'refused', 'failed', 404))).toEqual({ outcome: 'holder_unclear', detail: 'HTTP_404' });
  expect(readHolderFailure(new ProviderError('bank', 'refused', 'failed', 422))).toMatchObject({ outcome: 'holder_refused' });
});
