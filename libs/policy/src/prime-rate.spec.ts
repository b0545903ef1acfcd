import { checkPrimeRates, primeRateOn, readPrimeRates } from './prime-rate.js';

test('G-PR-05: the rate of a day is the one that was published last by it: 3.0% for a year since 20 May 2025', () => {
  expect(primeRateOn('1Y', '2025-05-19')).toEqual({ publishedOn: '2024-10-21', rateBps: 310 });
  expect(primeRateOn('1Y', '2025-05-20')).toEqual({ publishedOn: '2025-05-20', rateBps: 300 });
  expect(primeRateOn('5Y', '2026-01-01')).toEqual({ publishedOn: '2025-05-20', rateBps: 350 });
  expect(() => primeRateOn('1Y', '2019-08-19')).toThrow('no loan prime rate was published by 2019-08-19');
  expect(checkPrimeRates()).toEqual([]);
});

test.each([
  [
    [
      { on: '2025-05-20', '1Y': 300, '5Y': 350 },
      { on: '2025-05-20', '1Y': 290, '5Y': 350 },
    ],
    '2025-05-20 is no day, or not after the publication before it',
  ],
  [[{ on: '2025-02-30', '1Y': 300, '5Y': 350 }], '2025-02-30 is no day'],
  [[{ on: '2025-05-20', '1Y': 3.0001, '5Y': 350 }], '1Y'],
  [[], 'publications'],
])('T31: a series with a mistake in it is refused: %j', (publications, why) => {
  expect(() => readPrimeRates({ source: 's', publications })).toThrow(why);
});
