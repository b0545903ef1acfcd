import { stripVTControlCharacters } from 'node:util';
import { age, attention, statusAsText } from './print-status.js';
import type { ServiceStatus, Status } from './read-status.js';

const WELL: ServiceStatus = {
  service: 'disbursement',
  health: 'ready',
  schema: '0002_payout_more.sql',
  lag: 0n,
  unsent: 0,
  oldestUnsentSeconds: null,
  parked: 0,
  held: 0,
  jobsWaiting: 0,
  jobsDead: 0,
};
const statusOf = (services: readonly Partial<ServiceStatus>[], waiting: Status['waiting'] = []): Status => ({
  at: '2026-03-02T01:00:00.000Z',
  versions: { build: '0.1.0', node: '24.21.0', postgres: '18.4' },
  services: services.map((service) => ({ ...WELL, ...service })),
  waiting,
});

test.each([
  [null, '-'],
  [-3, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [3_599, '59 min'],
  [86_399, '23 h'],
  [200_000, '2 d'],
])('%p seconds are told as %s', (seconds, text) => {
  expect(age(seconds)).toBe(text);
});

test('T26: an installation in which all is well needs nobody, also where tasks wait for people', () => {
  const tasks = { service: 'loan-application', what: 'review tasks', label: 'approval', count: 3, oldestSeconds: 7_300 } as const;
  expect(attention(statusOf([{}, { health: 'not asked' }], [tasks]))).toBe('Nothing needs an operator.');
});

test('T26: what needs an operator is named first, each with the command that shows more', () => {
  const unknown = { service: 'disbursement', what: 'payouts', label: 'outcome unknown', count: 2, oldestSeconds: 90 } as const;
  const troubled = statusOf(
    [
      { health: 'unready: database', parked: 4, jobsDead: 1 },
      { health: 'no answer', service: 'scoring', held: 2 },
    ],
    [unknown],
  );
  expect(attention(troubled)).toBe(
    'Needs an operator: disbursement unready: database; scoring no answer; 4 events parked (lendctl parked list); 1 jobs dead (lendctl jobs list); ' +
      '2 items held (lendctl held list); 2 payouts of unknown outcome.',
  );
});

test('T26, T29: the screen is no wider than 110 columns', () => {
  const wide = statusOf(
    [{ service: 'post-loan-monitoring', health: 'degraded: event log, relay', lag: 123_456n, unsent: 4_321, oldestUnsentSeconds: 7_300, jobsWaiting: 120 }],
    [{ service: 'post-loan-monitoring', what: 'held items', label: 'repayment-amount, proposed', count: 12, oldestSeconds: 86_400 }],
  );
  const lines = stripVTControlCharacters(statusAsText(wide)).split('\n').slice(4);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
});
