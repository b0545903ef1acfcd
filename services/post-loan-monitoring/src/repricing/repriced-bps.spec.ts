import { nextRepricingOn } from '../loan/repricing-day.js';
import { repricedBps } from './reprice-loan.js';

test('G-PR-03, M-LN-09: LPR and spread, never above the ceiling at which all costs reach the cap, nor below zero', () => {
  const clause = { spreadBps: 420, ceilingBps: 700 };
  expect([repricedBps(clause, 270), repricedBps(clause, 280), repricedBps(clause, 281)]).toEqual([690, 700, 700]);
  expect([repricedBps({ ...clause, spreadBps: -300 }, 300), repricedBps({ ...clause, spreadBps: -301 }, 300)]).toEqual([0, 0]);
});

test('a rate follows on every 1 January, or on the day of the payout in each later year', () => {
  expect(nextRepricingOn('january_first', '2026-03-02', '2026-03-02')).toBe('2027-01-01');
  expect(nextRepricingOn('january_first', '2026-01-01', '2026-01-01')).toBe('2027-01-01');
  expect(nextRepricingOn('anniversary', '2026-03-02', '2026-03-02')).toBe('2027-03-02');
  expect(nextRepricingOn('anniversary', '2026-03-02', '2027-03-01')).toBe('2027-03-02');
  expect(nextRepricingOn('anniversary', '2028-02-29', '2028-02-29')).toBe('2029-02-28');
  expect(nextRepricingOn('anniversary', '2028-02-29', '2031-02-28')).toBe('2032-02-29');
});
