import type { LendingService } from '@millrace/service';
import { currentEventType, describeEvent, isRestrictedTopic, versionedType } from '@millrace/contracts';
import type { Finding, Invariant, VerifyContext } from './invariant.js';

const PAGE = 5_000;
/** Rows of an outbox are numbered from 1. */
const BEFORE_OUTBOX = '0';

const UNSENT = `
select id, type, topic, aggregateid as key, round(extract(epoch from clock_timestamp() - created_at))::int as seconds
from outbox where published_at is null and created_at < clock_timestamp() - $1 * interval '1 millisecond' order by seq limit 1000`;

async function checkOutboxes({ installation, graceMs }: VerifyContext): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const service of installation.services) {
    const rows = await installation.rows<{ id: string; type: string; topic: string; key: string; seconds: number }>(service, UNSENT, [graceMs]);
    findings.push(
      ...rows.map(({ id, type, topic, key, seconds }) => {
        const event = isRestrictedTopic(topic) ? 'of a restricted topic' : `${type} of ${key}`;
        return { service, subject: id, what: `(${event}) has not been sent to the log for ${seconds} s` };
      }),
    );
  }
  return findings;
}

async function checkParked({ installation }: VerifyContext): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const service of installation.services) {
    type Row = { id: string; event_id: string; type: string; key: string; reason: string };
    const rows = await installation.rows<Row>(
      service,
      `select id, event_id, type, key, reason from parked_event where status = 'parked' order by id limit 1000`,
    );
    findings.push(
      ...rows.map(({ id, event_id, type, key, reason }) => ({
        service,
        subject: event_id,
        what: `(${type || 'no type'} of ${key || 'no key'}) is parked as ${id}: ${reason}`,
      })),
    );
  }
  return findings;
}

interface SentEvent extends Record<string, unknown> {
  readonly seq: string;
  readonly id: string;
  readonly type: string;
  readonly key: string;
}

const SENT = `
select seq, id, type, aggregateid as key from outbox
where seq > $1 and published_at < clock_timestamp() - $2 * interval '1 millisecond' order by seq limit $3`;

const UNSEEN = `select e.id from unnest($2::uuid[]) as e(id) where not exists (select 1 from inbox i where i.consumer = $1 and i.event_id = e.id)`;

/** Sent events are kept for a week: so far back every consumer's inbox must know what is for it. */
async function checkInboxes(context: VerifyContext): Promise<Finding[]> {
  const { installation, graceMs } = context;
  const consumersOf = await consumersByType(context);
  const findings: Finding[] = [];
  for (const producer of installation.services) {
    for await (const sent of installation.pages<SentEvent>(producer, SENT, ({ seq }) => seq, [graceMs, PAGE], BEFORE_OUTBOX))
      for (const consumer of installation.services) {
        const own = new Map(sent.filter(({ type }) => consumersOf.get(currentEventType(type))?.includes(consumer)).map((event) => [event.id, event]));
        const unseen = own.size === 0 ? [] : await installation.rows<{ id: string }>(consumer, UNSEEN, [consumer, [...own.keys()]]);
        findings.push(
          ...unseen.map(({ id }) => ({
            service: consumer,
            subject: id,
            what: `has not reached it (${own.get(id)!.type} of ${own.get(id)!.key}, sent by ${producer})`,
          })),
        );
      }
  }
  return findings;
}

async function consumersByType({ installation }: VerifyContext): Promise<Map<string, LendingService[]>> {
  const consumers = new Map<string, LendingService[]>();
  for (const service of installation.services) {
    for (const { eventClass } of (await installation.definition(service)).consumes) {
      const type = versionedType(describeEvent(eventClass));
      consumers.set(type, [...(consumers.get(type) ?? []), service]);
    }
  }
  return consumers;
}

/** What was written reaches everybody whom it concerns, and nothing is set aside. */
export const MESSAGE_INVARIANTS: readonly Invariant[] = [
  { name: 'events-sent', rule: 'No event waits in an outbox for long.', check: checkOutboxes },
  { name: 'events-seen', rule: 'Every event that was sent in the last week is in the inbox of every consumer that takes it.', check: checkInboxes },
  { name: 'nothing-parked', rule: 'No event is parked.', check: checkParked },
];
