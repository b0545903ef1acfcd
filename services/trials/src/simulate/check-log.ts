import { currentEventType, describeEvent, versionedType } from '@millrace/contracts';
import type { Finding } from '@millrace/lendctl/invariant';
import { TYPE_HEADER } from '@millrace/messaging';
import type { SimulatedLender } from './simulated-lender.js';
import type { SimulatedService } from './simulated-service.js';
import type { WatchedLog } from './watched-log.js';

/** An event at its first place on the log. */
export interface SentEvent {
  readonly id: string;
  readonly type: string;
  readonly topic: string;
  readonly key: string;
}

/** Every event of the log, partition by partition; one that was appended again counts where it came first. */
export async function readLog(log: WatchedLog): Promise<SentEvent[]> {
  const sent = new Map<string, SentEvent>();
  for await (const { headers, topic, key } of log.everything()) {
    const id = headers['ce_id']!;
    if (!sent.has(id)) sent.set(id, { id, type: currentEventType(headers[TYPE_HEADER]!), topic, key });
  }
  return [...sent.values()];
}

/** What an inbox lacks, and what it has that was never sent. */
export async function inboxFindings(lender: SimulatedLender, sent: readonly SentEvent[]): Promise<Finding[]> {
  return (await Promise.all(lender.services.map((service) => inboxOf(lender, service, sent)))).flat();
}

async function inboxOf({ admin }: SimulatedLender, { name, definition }: SimulatedService, sent: readonly SentEvent[]): Promise<Finding[]> {
  const types = new Set(definition.consumes.map(({ eventClass }) => versionedType(describeEvent(eventClass))));
  const wanted = new Set(sent.filter(({ type }) => types.has(type)).map(({ id }) => id));
  const { rows } = await admin.query<{ event_id: string }>(`select event_id from ${definition.schema}.inbox where consumer = $1`, [name]);
  const seen = new Set(rows.map(({ event_id: id }) => id));
  const service = name as Finding['service'];
  const lost = [...wanted].filter((id) => !seen.has(id)).map((subject) => ({ service, subject, what: 'is on the log and was not handled' }));
  const invented = [...seen].filter((id) => !wanted.has(id)).map((subject) => ({ service, subject, what: 'was handled and is not on the log' }));
  return [...lost, ...invented];
}

/** Where the log differs from what a service has written, key by key. */
export async function orderFindings({ admin, services }: SimulatedLender, sent: readonly SentEvent[]): Promise<Finding[]> {
  const onLog = Map.groupBy(sent, ({ topic, key }) => `${topic} ${key}`);
  const findings: Finding[] = [];
  for (const { name, definition } of services) {
    const { rows } = await admin.query<{ id: string; topic: string; key: string }>(
      `select id, topic, aggregateid as key from ${definition.schema}.outbox order by seq`,
    );
    for (const [place, written] of Map.groupBy(rows, ({ topic, key }) => `${topic} ${key}`)) {
      const found = (onLog.get(place) ?? []).map(({ id }) => id);
      const wrong = written.findIndex(({ id }, at) => found[at] !== id);
      if (wrong >= 0) findings.push({ service: name as Finding['service'], subject: written[wrong]!.id, what: `is not where it belongs on ${place}` });
    }
  }
  return findings;
}
