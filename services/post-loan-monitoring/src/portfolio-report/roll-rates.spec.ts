import { rollRateRows } from './roll-rates.js';

test('1.8 % × 35 % × 62 % × 80 % × 92 %: 0.287 % of what is not late gets to M5', () => {
  const rows = rollRateRows([
    { day: '2026-06-30', balancesMinor: { M0: 1_000_000n, M1: 20_000n, M2: 10_000n, M3: 5_000n, M4: 2_500n } },
    { day: '2026-07-31', balancesMinor: { M0: 990_000n, M1: 18_000n, M2: 7_000n, M3: 6_200n, M4: 4_000n, M5: 2_300n } },
  ]);
  expect(rows.map(({ from, to, rollBps }) => [from, to, rollBps])).toEqual([
    ['M0', 'M1', 180],
    ['M1', 'M2', 3_500],
    ['M2', 'M3', 6_200],
    ['M3', 'M4', 8_000],
    ['M4', 'M5', 9_200],
    ['M5', 'M6', null],
    ['M6', 'M7+', null],
  ]);
  expect(rows.map(({ netFlowBps }) => netFlowBps)).toEqual([180, 63, 39.06, 31.25, 28.75, null, null]);
  expect(rows[4]).toEqual({
    dayBefore: '2026-06-30',
    day: '2026-07-31',
    from: 'M4',
    to: 'M5',
    fromMinor: '2500',
    toMinor: '2300',
    rollBps: 9_200,
    netFlowBps: 28.75,
  });
});

test('a bucket that was empty has no rate, and what lies behind it no flow; one that empties has a rate of nothing', () => {
  const rows = rollRateRows([
    { day: '2026-06-30', balancesMinor: { M0: 100n, M2: 10n } },
    { day: '2026-07-31', balancesMinor: { M0: 100n, M3: 0n } },
  ]);
  expect(rows.map(({ rollBps, netFlowBps }) => [rollBps, netFlowBps]).slice(0, 3)).toEqual([
    [0, 0],
    [null, null],
    [0, null],
  ]);
});

test('M7+ has no end, so it is held against what was in M6 and M7+', () => {
  const [last] = rollRateRows([
    { day: '2026-06-30', balancesMinor: { M6: 100n, 'M7+': 300n } },
    { day: '2026-07-31', balancesMinor: { 'M7+': 360n } },
  ]).slice(-1);
  expect(last).toMatchObject({ from: 'M6', to: 'M7+', fromMinor: '400', toMinor: '360', rollBps: 9_000 });
});

test('each month is held against the one before it; one month alone has no rates', () => {
  const month = (day: string) => ({ day, balancesMinor: { M0: 1n } });
  expect(rollRateRows([month('2026-06-30')])).toEqual([]);
  expect(new Set(rollRateRows(['2026-05-31', '2026-06-30', '2026-07-15'].map(month)).map(({ dayBefore, day }) => `${dayBefore} ${day}`))).toEqual(
    new Set(['2026-05-31 2026-06-30', '2026-06-30 2026-07-15']),
  );
});
