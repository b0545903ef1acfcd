import { planChaos, planOneInstance } from './chaos-plan.js';

const victims = {
  servers: ['postgres', 'kafka', 'redis'],
  services: [['gateway-1', 'gateway-2'], ['scoring-1', 'scoring-2'], ['provider-sandbox']],
};

test('the same seed kills the same at the same moments, another seed others', () => {
  expect(planChaos(5, 20, victims)).toEqual(planChaos(5, 20, victims));
  expect(planChaos(5, 20, victims)).not.toEqual(planChaos(6, 20, victims));
  expect(planOneInstance(5, victims)).toEqual(planOneInstance(5, victims));
});

test.each([1, 2, 3, 4])('every server and every service is met once before any is met again (seed %d)', (seed) => {
  const met = planChaos(seed, 6, victims).map(({ victim }) => victim.replace(/-\d$/, ''));
  expect(met.sort()).toEqual(['gateway', 'kafka', 'postgres', 'provider-sandbox', 'redis', 'scoring']);
});

test('kills come in order, the first one at the beginning, and servers are never killed while they start', () => {
  const kills = planChaos(7, 200, victims);
  expect(kills).toHaveLength(200);
  expect(kills[0]).toMatchObject({ afterShare: 0 });
  expect(kills.map(({ afterShare }) => afterShare)).toEqual(kills.map(({ afterShare }) => afterShare).sort((a, b) => a - b));
  const again = kills.filter(({ againAfterMs }) => againAfterMs !== undefined);
  expect(again.length).toBeGreaterThan(10);
  expect(again.filter(({ victim }) => victims.servers.includes(victim))).toEqual([]);
});

test('of every service with several instances one goes, and no other', () => {
  const kills = planOneInstance(7, victims);
  expect(kills.map(({ victim }) => victim.replace(/-\d$/, '')).sort()).toEqual(['gateway', 'scoring']);
  expect(kills.map(({ afterShare }) => afterShare)).toEqual([0.2, 0.55]);
});
