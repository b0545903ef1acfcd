import { fairShares, type GroupMember } from './fair-shares.js';

/** A member of a consumer group with the partitions that it held until now. */
export interface StickyMember extends GroupMember {
  readonly held: Readonly<Record<string, readonly number[]>>;
}

/** Partitions by topic. */
export type PartitionsByTopic = Record<string, number[]>;

/**
 * Deals every partition to one member: fair shares per topic, and whoever holds a partition keeps it as far as its share goes, so that a member
 * that joins or leaves disturbs as few running batches as can be.
 */
export function stickyAssignment(members: readonly StickyMember[], partitionCounts: ReadonlyMap<string, number>): Map<string, PartitionsByTopic> {
  const dealt = new Map(members.map(({ id }): [string, PartitionsByTopic] => [id, {}]));
  const shares = new Map(members.map(({ id }) => [id, fairShares(id, members, partitionCounts)]));
  for (const [topic, count] of partitionCounts) {
    const free = new Set(Array.from({ length: count }, (_, partition) => partition));
    const readers = members.filter((member) => member.topics.includes(topic));
    for (const { id, held } of readers) {
      const share = shares.get(id)!.get(topic) ?? 0;
      const kept = (held[topic] ?? []).filter((partition) => free.has(partition)).slice(0, share);
      kept.forEach((partition) => free.delete(partition));
      dealt.get(id)![topic] = kept;
    }
    const rest = free.values();
    for (const { id } of readers) {
      const own = dealt.get(id)![topic]!;
      for (let missing = (shares.get(id)!.get(topic) ?? 0) - own.length; missing > 0; missing--) own.push(rest.next().value!);
      own.sort((a, b) => a - b);
    }
  }
  return dealt;
}
