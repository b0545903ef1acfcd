import { table } from '../command/print-table.js';
import type { ServiceStatus, Status } from './read-status.js';

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** Enough to tell migrations apart, and no more, so that a line fits a terminal. */
const MAX_SCHEMA_LENGTH = 14;

/** `95` to `1 min`: the largest unit that fits, as nobody needs more at a glance. */
export function age(seconds: number | null): string {
  if (seconds === null) return '-';
  const [unit, size] = UNITS.find(([, unitSeconds]) => seconds >= unitSeconds) ?? ['s', 1];
  return `${Math.floor(Math.max(0, seconds) / size)} ${unit}`;
}

/** What needs somebody now, in one line; the first thing that an operator reads. */
export function attention({ services, waiting }: Status): string {
  const count = (of: (service: ServiceStatus) => number): number => services.reduce((sum, service) => sum + of(service), 0);
  const unwell = services.filter(({ health }) => !['ready', 'not asked'].includes(health)).map(({ service, health }) => `${service} ${health}`);
  const held = count((service) => service.held);
  const parked = count((service) => service.parked);
  const dead = count((service) => service.jobsDead);
  const unknown = waiting.filter(({ what }) => what === 'payouts').reduce((sum, work) => sum + work.count, 0);
  const lines = [
    ...unwell,
    ...(parked > 0 ? [`${parked} events parked (lendctl parked list)`] : []),
    ...(dead > 0 ? [`${dead} jobs dead (lendctl jobs list)`] : []),
    ...(held > 0 ? [`${held} items held (lendctl held list)`] : []),
    ...(unknown > 0 ? [`${unknown} payouts of unknown outcome`] : []),
  ];
  return lines.length === 0 ? 'Nothing needs an operator.' : `Needs an operator: ${lines.join('; ')}.`;
}

/** One screen, at most 110 columns wide. */
export function statusAsText(status: Status): string {
  const { versions, services, waiting } = status;
  const rows = services.map((service) => [
    service.service,
    service.health,
    service.schema.replace(/\.sql$/, '').slice(0, MAX_SCHEMA_LENGTH),
    service.lag,
    service.unsent === 0 ? '0' : `${service.unsent} (${age(service.oldestUnsentSeconds)})`,
    service.parked,
    service.held,
    `${service.jobsWaiting}/${service.jobsDead}`,
  ]);
  const work = waiting.map(({ service, what, label, count, oldestSeconds }) => [what, label, service, count, age(oldestSeconds)]);
  return [
    `Millrace ${versions.build}, Node ${versions.node}, PostgreSQL ${versions.postgres}, at ${status.at}`,
    attention(status),
    table(['service', 'health', 'schema', 'lag', 'unsent', 'parked', 'held', 'jobs/dead'], rows, ['lag', 'unsent', 'parked', 'held', 'jobs/dead']),
    ...(work.length === 0 ? [] : [table(['waiting', 'which', 'service', 'count', 'oldest'], work, ['count', 'oldest'])]),
  ].join('\n\n');
}
