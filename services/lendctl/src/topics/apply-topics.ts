import { PARTITIONS_PER_TOPIC, TOPICS_TO_MAKE } from '@millrace/contracts';
import { UnknownTopicError, type EventLog } from '@millrace/messaging';
import { EventLogConfig, loadConfig, openEventLog, processEnvironment } from '@millrace/service';
import type { Surroundings } from '../installation/surroundings.js';

export interface AppliedTopic {
  readonly name: string;
  readonly partitions: number;
  /** False where it was there before, whatever its number of partitions. */
  readonly made: boolean;
}

async function partitionsOf(log: EventLog, topic: string): Promise<number> {
  try {
    return (await log.offsets(topic)).length;
  } catch (error) {
    if (error instanceof UnknownTopicError) return 0;
    throw error;
  }
}

/** Makes the topics that are missing, and tells how all of them stand. A topic that is there is left as it is: other partitions would move keys. */
export async function applyTopics(
  { environment = processEnvironment() }: Surroundings,
  { partitions: wanted, replication }: { readonly partitions?: number; readonly replication: number },
): Promise<AppliedTopic[]> {
  const log = await openEventLog(loadConfig(EventLogConfig, environment), {
    clientId: 'lendctl',
    onError: () => undefined,
    replicationFactor: replication,
  });
  try {
    const applied: AppliedTopic[] = [];
    for (const { name, partitions: committed } of TOPICS_TO_MAKE) {
      const partitions = committed === PARTITIONS_PER_TOPIC ? (wanted ?? committed) : committed;
      const before = await partitionsOf(log, name);
      if (before === 0) await log.createTopics([{ name, partitions }]);
      applied.push({ name, partitions: before || (await partitionsOf(log, name)), made: before === 0 });
    }
    return applied;
  } finally {
    await log.close();
  }
}
