import { refusesAccount } from './refused-account.js';

test.each(['PAYEE_ACCOUNT_NOT_FOUND', 'PAYEE_NAME_MISMATCH', 'PAYEE_NOT_BORROWER', 'ACCOUNT_FROZEN', 'A_CODE_OF_TOMORROW'])(
  'T18: %s is a refusal of the account',
  (code) => expect(refusesAccount(code)).toBe(true),
);

test.each(['LIMIT_EXCEEDED', 'PAYEE_NOT_VERIFIABLE'])('%s says nothing against the account, so that it may be tried again', (code) =>
  expect(refusesAccount(code)).toBe(false),
);
