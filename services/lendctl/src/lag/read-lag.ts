import type { LendingService } from '@millrace/service';
import { describeEvent } from '@millrace/contracts';
import type { Installation } from '../installation/installation.js';

/** How far a consumer is behind in one partition. */
export interface PartitionLag {
  readonly consumer: LendingService;
  readonly topic: string;
  readonly partition: number;
  /** Next offset to be written. */
  readonly next: bigint;
  /** Next offset that the consumer reads; null where it has not committed any. */
  readonly committed: bigint | null;
  readonly lag: bigint;
}

/** What a service has not sent to the log yet, and what it has set aside. */
export interface OutboxLag {
  readonly service: LendingService;
  readonly unsent: number;
  /** Age in seconds by the database's clock; null where nothing waits. */
  readonly oldestUnsentSeconds: number | null;
  readonly parked: number;
}

/** Lag of every service whose database is known. */
export async function readLag(installation: Installation): Promise<{ consumers: PartitionLag[]; outboxes: OutboxLag[] }> {
  const consumers: PartitionLag[] = [];
  const outboxes: OutboxLag[] = [];
  for (const service of installation.services) {
    const { consumes } = await installation.definition(service);
    const topics = new Set(consumes.map(({ eventClass }) => describeEvent(eventClass).topic));
    for (const topic of [...topics].sort()) {
      for (const { partition, earliest, next, committed } of await installation.log.offsets(topic, service)) {
        consumers.push({ consumer: service, topic, partition, next, committed: committed ?? null, lag: next - (committed ?? earliest) });
      }
    }
    outboxes.push(await readOutbox(installation, service));
  }
  return { consumers, outboxes };
}

const OUTBOX = `
select count(*)::int as unsent, extract(epoch from clock_timestamp() - min(created_at))::float8 as age,
  (select count(*)::int from parked_event where status = 'parked') as parked
from outbox where published_at is null`;

async function readOutbox(installation: Installation, service: LendingService): Promise<OutboxLag> {
  const [row] = await installation.rows<{ unsent: number; age: number | null; parked: number }>(service, OUTBOX);
  const { unsent, age, parked } = row!;
  return { service, unsent, oldestUnsentSeconds: age === null ? null : Math.max(0, Math.round(age)), parked };
}
