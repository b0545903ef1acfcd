import { PAYOUT_STATUSES } from '../payout/payout-process.js';
import { judgeReturn } from './judge-return.js';

// Goal: only the whole payout, paid and dated, comes back by itself (R-DB-08, S13).
const LINE = { amountMinor: '30000000', currency: 'CNY', returnOf: 'BK1' };
const PAID = { amountMinor: '30000000', currency: 'CNY', status: 'PAID', bankReference: 'BK1', hasDay: true } as const;

test.each(PAYOUT_STATUSES.map((status) => [status] as const))('a payout in %s', (status) => {
  const expected = { RESERVED: 'unmatched', INSTRUCTED: 'waiting', UNKNOWN: 'waiting', PAID: 'returned', FAILED: 'unmatched', RETURNED: 'unmatched' } as const;
  expect(judgeReturn(LINE, { ...PAID, status })).toBe(expected[status]);
});

test.each([
  ['of a fen less', { amountMinor: '29999999' }],
  ['of a fen more', { amountMinor: '30000001' }],
  ['in another currency', { currency: 'USD' }],
  ['of another transfer', { returnOf: 'BK2' }],
])('money %s is no payout coming back', (_what, change) => {
  expect(judgeReturn({ ...LINE, ...change }, PAID)).toBe('unmatched');
});

test('one without a day waits for the persons who set it, one without a reference for the bank, one that nobody knows for nothing', () => {
  expect(judgeReturn(LINE, { ...PAID, hasDay: false })).toBe('waiting');
  expect(judgeReturn(LINE, { ...PAID, status: 'UNKNOWN', bankReference: null })).toBe('waiting');
  expect(judgeReturn(LINE, undefined)).toBe('unmatched');
});
