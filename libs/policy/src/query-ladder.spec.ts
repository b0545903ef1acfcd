import { policyInForce } from './find-policy.js';
import { nextQueryAt } from './query-ladder.js';

test('M-DR-03, S13: 30 s, 2 min, 10 min, 1 h, then hourly', () => {
  const { unknownQuerySeconds } = policyInForce('online_microloan', '2026-03-02').payment;
  const start = new Date('2026-03-02T02:00:00Z');
  const waits = [0, 1, 2, 3, 4, 50].map((queries) => (nextQueryAt(start, queries, unknownQuerySeconds).getTime() - start.getTime()) / 1_000);
  expect(waits).toEqual([30, 120, 600, 3_600, 3_600, 3_600]);
});

test('an empty ladder is refused: an unknown outcome must be asked about', () => {
  expect(() => nextQueryAt(new Date(), 0, [])).toThrow('empty');
});
