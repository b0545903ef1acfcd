import { sharedAccounts, statementAccounts } from './statement-accounts.js';

test('the setting names accounts by lender; none where it is not set', () => {
  expect(statementAccounts('t1=12345678,t2=23456789')).toEqual([
    { tenantId: 't1', account: '12345678' },
    { tenantId: 't2', account: '23456789' },
  ]);
  expect(statementAccounts(undefined)).toEqual([]);
});

test('R-DB-08: an account of two lenders is told, as its money would enter two books', () => {
  expect(sharedAccounts('t1=12345678,t2=12345678,t1=23456789')).toEqual(['12345678']);
  expect(sharedAccounts('t1=12345678,t1=23456789')).toEqual([]);
});
