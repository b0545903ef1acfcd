import { fateOfDebit } from './debit-rules.js';

test('the last four digits of the payer decide; one of them has money only after the first debit', () => {
  expect(fateOfDebit('123456789101', 3)).toEqual({ status: 'refused', reason: 'INSUFFICIENT_FUNDS', afterMs: 0 });
  expect(fateOfDebit('123456789102', 0)).toMatchObject({ reason: 'ACCOUNT_CLOSED' });
  expect(fateOfDebit('123456789103', 0)).toMatchObject({ reason: 'MANDATE_MISSING' });
  expect(fateOfDebit('123456789104', 0)).toEqual({ status: 'collected', reason: null, afterMs: 60_000 });
  expect(fateOfDebit('123456789105', 0)).toEqual({ status: 'refused', reason: 'INSUFFICIENT_FUNDS', afterMs: 60_000 });
  expect(fateOfDebit('123456789106', 0)).toEqual({ status: null, reason: null, afterMs: null });
  expect([0, 1, 2].map((before) => fateOfDebit('123456789107', before).status)).toEqual(['refused', 'collected', 'collected']);
  expect(fateOfDebit('900100000000', 0)).toEqual({ status: 'collected', reason: null, afterMs: 0 });
});
