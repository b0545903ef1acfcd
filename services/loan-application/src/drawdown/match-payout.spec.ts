import { payoutDifferences } from './match-payout.js';

const ORDER = { loanId: 'loan-1', orderedPayoutId: 'payout-2', failedPayoutId: 'payout-1', currency: 'CNY', amountMinor: '100' } as never;
const TOLD = { loanId: 'loan-1', payoutId: 'payout-2', paid: { amountMinor: '100', currency: 'CNY' } };

test('SEC-11: what was ordered has no differences, whether it was paid or refused', () => {
  expect(payoutDifferences(TOLD, ORDER)).toEqual([]);
  expect(payoutDifferences({ loanId: 'loan-1', payoutId: 'payout-2' }, ORDER)).toEqual([]);
});

test.each([
  [{ loanId: 'loan-2' }, 'loan loan-2 in place of loan-1'],
  [{ payoutId: 'payout-3' }, 'payout payout-3 in place of payout-2'],
  [{ paid: { amountMinor: '101', currency: 'CNY' } }, '101 fen in place of 100'],
  [{ paid: { amountMinor: '100', currency: 'USD' } }, 'USD in place of CNY'],
])('SEC-11: %j is not what was ordered', (change, words) => {
  expect(payoutDifferences({ ...TOLD, ...change }, ORDER)).toEqual([words]);
});

test('SEC-11: an order from before orders had ids takes any payout of its loan but the one that was refused', () => {
  const former = { ...(ORDER as object), orderedPayoutId: null } as never;
  expect(payoutDifferences({ ...TOLD, payoutId: 'payout-9' }, former)).toEqual([]);
  expect(payoutDifferences({ ...TOLD, payoutId: 'payout-1' }, former)).toEqual(['payout payout-1 was refused for good']);
});
