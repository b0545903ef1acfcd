import { describeEvent } from '@millrace/contracts';
import { REFUSAL_CODES, type Consumer, type EventLog, type Relay } from '@millrace/messaging';
import type { Database } from './database.js';
import type { LabelledValue, MetricsRegistry } from './metrics.js';
import type { Readiness } from './readiness.js';
import type { ServiceDefinition } from './service-definition.js';

/** The parts of a service that move by themselves, and what they stand on. */
export interface WatchedService {
  readonly definition: ServiceDefinition;
  readonly database: Database;
  readonly log: EventLog;
  readonly consumer: Consumer;
  readonly relay: Relay | undefined;
}

const topicsOf = (definition: ServiceDefinition, what: 'consumes' | 'all'): string[] => {
  const consumed = definition.consumes.map(({ eventClass }) => eventClass);
  return [...new Set([...consumed, ...(what === 'all' ? definition.produces : [])].map((eventClass) => describeEvent(eventClass).topic))];
};

/**
 * Says what callers of the service need, and what may be away meanwhile. Log and relay may: a request's events wait in the outbox, so an outage of the
 * log must not take the gateway out of its load balancer.
 */
export function checkService(readiness: Readiness, { definition, log, consumer, relay }: Omit<WatchedService, 'database'>): void {
  const [topic] = topicsOf(definition, 'all');
  readiness.need('consumer', async () => {
    if (!consumer.running) throw new Error('it does not read');
  });
  if (topic !== undefined) readiness.watch('event log', async () => void (await log.offsets(topic)));
  if (!relay) return;
  readiness.watch('relay', async () => {
    if (relay.trouble) throw relay.trouble;
  });
}

/** One gauge a watched part, so that an alert tells of trouble that readiness does not show. */
export function watchTrouble(metrics: MetricsRegistry, readiness: Readiness): void {
  metrics.gauges('millrace_degraded', '1 while this part is in trouble: the service answers, and what the part would do waits.', ['part'], async () => {
    const { names, trouble } = await readiness.watched();
    return names.map((part) => ({ labels: { part }, value: trouble.some(({ what }) => what === part) ? 1 : 0 }));
  });
}

type Partition = 'topic' | 'partition';

async function lags(log: EventLog, group: string, topics: readonly string[]): Promise<LabelledValue<Partition>[]> {
  const offsets = await Promise.all(topics.map((topic) => log.offsets(topic, group)));
  return offsets.flat().map(({ topic, partition, earliest, next, committed }) => {
    const done = committed !== undefined && committed > earliest ? committed : earliest;
    return { labels: { topic, partition: String(partition) }, value: Number(next - done) };
  });
}

/** A kind of which nothing waits is 0, so that an alert knows it from the start. */
async function countHeld({ taskKinds }: ServiceDefinition, database: Database): Promise<LabelledValue<'kind'>[]> {
  const others = taskKinds.filter(({ kind }) => kind.vote.kind !== 'two-persons').map(({ kind }) => kind.kind);
  const sql = `select kind, count(*)::int as waiting from task where status in ('open', 'decided') and kind <> all($1) group by kind`;
  const waiting = new Map((await database.query<{ kind: string; waiting: number }>(sql, [others])).rows.map((row) => [row.kind, row.waiting]));
  const kinds = new Set([...taskKinds.map(({ kind }) => kind.kind).filter((kind) => !others.includes(kind)), ...waiting.keys()]);
  return [...kinds].map((kind) => ({ labels: { kind }, value: waiting.get(kind) ?? 0 }));
}

/** Every reason from the start, so that an alert knows it before it first comes. */
async function countRefused({ name }: ServiceDefinition, database: Database): Promise<LabelledValue<'reason'>[]> {
  const sql = 'select reason_code, count(*)::int as unseen from refused_event where consumer = $1 and seen_at is null group by reason_code';
  const unseen = new Map((await database.query<{ reason_code: string; unseen: number }>(sql, [name])).rows.map((row) => [row.reason_code, row.unseen]));
  return [...new Set([...REFUSAL_CODES, ...unseen.keys()])].map((reason) => ({ labels: { reason }, value: unseen.get(reason) ?? 0 }));
}

/** Gauges of what waits: for this service in the log, in its outbox, parked, for a connection. Read when somebody looks, never on the way of an event. */
export function watchService(metrics: MetricsRegistry, { definition, database, log, consumer, relay }: WatchedService): void {
  const topics = topicsOf(definition, 'consumes');
  const { pool } = database;
  // Before all others, which are read from the same pool: the scrape itself must not show as a caller that waits.
  metrics.gauge('millrace_database_pool_waiting', 'Callers that wait for a PostgreSQL connection.', async () => pool.waitingCount);
  metrics.gauges('millrace_consumer_lag_events', 'Events in the log that this consumer has not dealt with.', ['topic', 'partition'], () =>
    lags(log, definition.name, topics),
  );
  metrics.gauge('millrace_consumer_running', '1 while this consumer reads.', async () => (consumer.running ? 1 : 0));
  metrics.gauge('millrace_parked_events', 'Parked events that nobody has retried or discarded yet.', async () => {
    const sql = `select count(*)::int as parked from parked_event where consumer = $1 and status = 'parked'`;
    return (await database.query<{ parked: number }>(sql, [definition.name])).rows[0]!.parked;
  });
  metrics.gauges('millrace_refused_events', 'Events refused as forged or not as ordered, and passed over, that nobody has looked at.', ['reason'], () =>
    countRefused(definition, database),
  );
  metrics.gauges('millrace_held_items', 'Questions that wait for two persons, by kind.', ['kind'], () => countHeld(definition, database));
  metrics.gauges('millrace_database_pool_connections', 'PostgreSQL connections of this service, by state: busy or idle.', ['state'], async () => [
    { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
    { labels: { state: 'idle' }, value: pool.idleCount },
  ]);
  if (!relay) return;
  metrics.gauge(
    'millrace_outbox_oldest_age_seconds',
    'Age of the oldest event that is not in the log yet.',
    async () => (await relay.oldestUnsentAgeMs()) / 1_000,
  );
  metrics.gauge('millrace_relay_failing', '1 while this relay cannot send; 0 while it sends, or waits for another instance that does.', async () =>
    relay.trouble ? 1 : 0,
  );
}
