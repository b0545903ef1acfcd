import { table } from '../command/print-table.js';
import type { OutboxLag, PartitionLag } from './read-lag.js';

const NUMBERS = ['partitions', 'partition', 'next', 'committed', 'lag', 'unsent', 'oldest (s)', 'parked'];

/** Sums by consumer and topic: what an operator wants to know first. */
export function sumByTopic(partitions: readonly PartitionLag[]): { consumer: string; topic: string; partitions: number; lag: bigint }[] {
  const sums = new Map<string, { consumer: string; topic: string; partitions: number; lag: bigint }>();
  for (const { consumer, topic, lag } of partitions) {
    const name = `${consumer} ${topic}`;
    const sum = sums.get(name) ?? { consumer, topic, partitions: 0, lag: 0n };
    sums.set(name, { ...sum, partitions: sum.partitions + 1, lag: sum.lag + lag });
  }
  return [...sums.values()];
}

/** Sums, then the partitions that are behind (or every one), then the outboxes. */
export function lagAsText(consumers: readonly PartitionLag[], outboxes: readonly OutboxLag[], everyPartition: boolean): string {
  const sums = sumByTopic(consumers).map(({ consumer, topic, partitions, lag }) => [consumer, topic, partitions, lag]);
  const shown = consumers.filter(({ lag }) => everyPartition || lag > 0n);
  const details = shown.map(({ consumer, topic, partition, next, committed, lag }) => [consumer, topic, partition, next, committed ?? '-', lag]);
  const unsent = outboxes.map(({ service, unsent, oldestUnsentSeconds, parked }) => [service, unsent, oldestUnsentSeconds ?? '-', parked]);
  return [
    table(['consumer', 'topic', 'partitions', 'lag'], sums, NUMBERS),
    ...(details.length === 0 ? [] : [table(['consumer', 'topic', 'partition', 'next', 'committed', 'lag'], details, NUMBERS)]),
    table(['service', 'unsent', 'oldest (s)', 'parked'], unsent, NUMBERS),
  ].join('\n\n');
}
