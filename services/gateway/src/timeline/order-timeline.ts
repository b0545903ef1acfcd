/** What decides the place of an entry. */
export interface Placed {
  readonly eventId: string;
  /** The event or request that led to it. */
  readonly causationId: string;
  readonly occurredAt: Date;
  readonly topic: string;
  readonly logOffset: bigint;
}

function byTime(a: Placed, b: Placed): number {
  return a.occurredAt.getTime() - b.occurredAt.getTime() || (a.topic < b.topic ? -1 : 1);
}

/** Entries of each topic in the order of the log: one key stands in one partition, so offsets say what came first. */
function queuesByTopic<E extends Placed>(entries: readonly E[]): E[][] {
  const queues = new Map<string, E[]>();
  for (const entry of [...entries].sort((a, b) => (a.logOffset < b.logOffset ? -1 : 1))) queues.set(entry.topic, [...(queues.get(entry.topic) ?? []), entry]);
  return [...queues.values()];
}

/**
 * Merges the topics of one application by time, but never against what is certain: the order within a topic, and that an effect comes after its
 * cause. The clocks of two services differ, and a step of one may be dated before the step of the other that led to it.
 */
export function orderTimeline<E extends Placed>(entries: readonly E[]): E[] {
  const queues = queuesByTopic(entries);
  const waiting = new Set(entries.map(({ eventId }) => eventId));
  const ordered: E[] = [];
  while (ordered.length < entries.length) {
    const heads = queues.filter((queue) => queue.length > 0).sort(([a], [b]) => byTime(a!, b!));
    // Two topics cannot wait for each other in a true log; in a false one time alone decides.
    const queue = heads.find(([head]) => !waiting.has(head!.causationId)) ?? heads[0]!;
    const next = queue.shift()!;
    waiting.delete(next.eventId);
    ordered.push(next);
  }
  return ordered;
}
