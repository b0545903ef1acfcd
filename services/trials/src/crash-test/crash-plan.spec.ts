import { planKills } from './crash-plan.js';

test('the same seed kills at the same moments, another seed at others', () => {
  expect(planKills(5, 20)).toEqual(planKills(5, 20));
  expect(planKills(5, 20)).not.toEqual(planKills(6, 20));
});

test('kills meet the start-up and the work, the first one the work', () => {
  const kills = planKills(5, 100);
  expect(new Set(kills.map(({ from }) => from))).toEqual(new Set(['start', 'ready']));
  expect(kills[0]).toMatchObject({ from: 'ready', afterShare: 0 });
  expect(kills.map(({ afterShare }) => afterShare)).toEqual(kills.map(({ afterShare }) => afterShare).sort((a, b) => a - b));
  for (const { afterMs } of kills) expect(afterMs).toBeGreaterThanOrEqual(0);
});
