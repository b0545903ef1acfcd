import { accruedInterest, penaltyInterest, penaltyRatePercent } from './accrued-interest.js';
import { buildSchedule } from './schedule.js';

test('S16: payoff ten days after instalment 6 costs 305.38 on 152,691.66 (ACT/360)', () => {
  const { rows } = buildSchedule({
    method: 'equal_instalment',
    principalMinor: 30_000_000n,
    annualRatePercent: '7.2',
    instalments: 12,
    disbursedOn: '2026-03-02',
    dayCount: 'periodic',
  });
  const sixth = rows[5];
  expect(sixth).toMatchObject({ due: '2026-09-02', balanceMinor: 15_269_166n });
  expect(accruedInterest([{ balanceMinor: sixth?.balanceMinor ?? 0n, from: '2026-09-02', to: '2026-09-12' }], '7.2', 'ACT/360')).toBe(30_538n);
});

test('S17, G-PR-07: instalment 3 at 7.2%, 35 days late, uplift 40%', () => {
  const lines = penaltyInterest(
    { principalMinor: 2_447_679n, interestMinor: 150_890n },
    penaltyRatePercent('7.2', ['40']),
    { from: '2026-06-02', to: '2026-07-07' },
    'ACT/360',
  );
  expect(lines).toEqual({ penaltyMinor: 23_987n, compoundMinor: 1_479n });
});

test.each([
  ['the vector of misuse', 20_000_000n, '7.2', 144_000n],
  ['S15', 12_000_000n, '6.35', 76_200n],
])('%s: misuse of %s fen at %s%%, 20 days, uplift 80%%', (_id, balanceMinor, rate, expected) => {
  const span = { balanceMinor, from: '2026-03-05', to: '2026-03-25' };
  expect(accruedInterest([span], penaltyRatePercent(rate, ['80']), 'ACT/360')).toBe(expected);
});

test('G-PR-08: overdue and misused at once pays the heavier uplift, not both', () => {
  expect(penaltyRatePercent('7.2', ['40', '80']).toString()).toBe('12.96');
  expect(penaltyRatePercent('7.2', []).toString()).toBe('7.2');
});

test('a line of many days is rounded once, so that days of half a cent do not add up', () => {
  const days = Array.from({ length: 9 }, (_, index) => ({
    balanceMinor: 18_00n,
    from: `2026-03-0${index + 1}`,
    to: index === 8 ? '2026-03-10' : `2026-03-0${index + 2}`,
  }));
  expect(accruedInterest(days, '10', 'ACT/360')).toBe(5n);
  expect(days.reduce((sum, day) => sum + accruedInterest([day], '10', 'ACT/360'), 0n)).toBe(9n);
});

test('no days, no interest; a negative balance is refused', () => {
  expect(accruedInterest([{ balanceMinor: 100n, from: '2026-03-02', to: '2026-03-02' }], '7.2', 'ACT/365')).toBe(0n);
  expect(() => accruedInterest([{ balanceMinor: -1n, from: '2026-03-02', to: '2026-03-03' }], '7.2', 'ACT/365')).toThrow('zero or more');
});
