import { policyOf } from '@millrace/policy';
import { daysSinceChange, revenueGapBps } from './read-signals.js';

const gapBps = (declaredMinor: bigint, seenMinor: bigint) => revenueGapBps(declaredMinor, seenMinor, policyOf('online_microloan.v0').verification);

test('M-FR-10: the revenue gap is exact at the edges and never hides a fen above them', () => {
  expect(gapBps(480_000_000n, 480_000_000n)).toBe(0);
  expect(gapBps(576_000_000n, 480_000_000n)).toBe(2_000);
  expect(gapBps(576_000_001n, 480_000_000n)).toBe(2_001);
  expect(gapBps(384_000_000n, 480_000_000n)).toBe(2_000);
  expect(gapBps(720_000_001n, 480_000_000n)).toBe(5_001);
  expect(gapBps(595_200_000n, 480_000_000n)).toBe(2_400);
});

test('revenue declared without any invoice is the largest gap; a difference of a few hundred yuan is rounding, however small the firm', () => {
  expect(gapBps(100_000n, 0n)).toBe(1_000_000);
  expect(gapBps(0n, 0n)).toBe(0);
  expect(gapBps(100_000n, 1n)).toBe(0);
  expect(gapBps(99_999n, 0n)).toBe(0);
  expect(gapBps(0n, 480_000_000n)).toBe(10_000);
});

test('a legal representative from the founding on is no change; a later one counts days', () => {
  expect(daysSinceChange({ establishedOn: '2026-02-20', legalRepresentativeSince: '2026-02-20' }, '2026-03-02')).toBeNull();
  expect(daysSinceChange({ establishedOn: '2020-01-01', legalRepresentativeSince: '2026-02-01' }, '2026-03-02')).toBe(29);
  expect(daysSinceChange({ establishedOn: '2020-01-01', legalRepresentativeSince: '2026-01-31' }, '2026-03-02')).toBe(30);
});
