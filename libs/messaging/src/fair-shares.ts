/** A live member of a consumer group and the topics it reads. */
export interface GroupMember {
  readonly id: string;
  readonly topics: readonly string[];
}

/**
 * How many partitions of each topic one member should hold. Every member computes the same shares from the same list, so no leader is needed:
 * partitions are dealt evenly per topic, and the remainders of one topic begin where those of the topic before ended.
 */
export function fairShares(memberId: string, members: readonly GroupMember[], partitionCounts: ReadonlyMap<string, number>): Map<string, number> {
  const shares = new Map<string, number>();
  let firstExtra = 0;
  for (const [topic, partitions] of [...partitionCounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const readers = members
      .filter((member) => member.topics.includes(topic))
      .map((member) => member.id)
      .sort();
    const rank = readers.indexOf(memberId);
    if (readers.length === 0) continue;
    const extras = partitions % readers.length;
    const place = (((rank - firstExtra) % readers.length) + readers.length) % readers.length;
    if (rank >= 0) shares.set(topic, Math.floor(partitions / readers.length) + (place < extras ? 1 : 0));
    firstExtra += extras;
  }
  return shares;
}
