import { compare, median, percentile, ratePerSecond } from './statistics.js';

const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);

test.each([
  [0.5, 50],
  [0.99, 99],
  [1, 100],
  [0, 1],
])('percentile %p of 1 to 100 in any order is %p', (share, expected) => expect(percentile(hundred, share)).toBe(expected));

test('the 99th percentile of few values is the greatest, never one that was not measured', () => expect(percentile([3, 1, 2], 0.99)).toBe(3));

test('a median is the middle, or half way between the two', () => expect([median([9, 1, 5]), median([4, 1, 2, 9])]).toEqual([5, 3]));

test('nothing measured is an error, never a zero', () => {
  expect(() => percentile([], 0.5)).toThrow('no value');
  expect(() => median([])).toThrow('no value');
});

test('the ratio is that of the middle round: one disturbed round moves neither it nor the figures', () => {
  const rounds = [
    { ours: 80, ceiling: 100 },
    { ours: 5, ceiling: 100 },
    { ours: 40, ceiling: 50 },
  ];
  expect(compare(rounds)).toEqual({ ours: 40, ceiling: 100, ratio: 0.8, lowestRatio: 0.05, highestRatio: 0.8, rounds: 3 });
});

test('a rate counts what ended inside the window only', () => {
  expect(ratePerSecond([0, 100, 500, 1_000, 2_100, 2_101], { fromMs: 100, toMs: 2_100 })).toBe(1.5);
  expect(() => ratePerSecond([1], { fromMs: 5, toMs: 5 })).toThrow('no length');
});
