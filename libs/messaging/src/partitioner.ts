const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/** MurmurHash2 as Apache Kafka's default partitioner computes it, so that both adapters place a key alike. */
export function murmur2(bytes: Uint8Array): number {
  let hash = SEED ^ bytes.length;
  const words = bytes.length >> 2;
  for (let word = 0; word < words; word++) {
    const at = word * 4;
    let k = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24) | 0;
    k = Math.imul(k, M);
    k ^= k >>> R;
    k = Math.imul(k, M);
    hash = Math.imul(hash, M) ^ k;
  }
  const rest = bytes.length & 3;
  const tail = words * 4;
  if (rest === 3) hash ^= bytes[tail + 2]! << 16;
  if (rest >= 2) hash ^= bytes[tail + 1]! << 8;
  if (rest >= 1) hash = Math.imul(hash ^ bytes[tail]!, M);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return (hash ^ (hash >>> 15)) | 0;
}

/** Partition of a key, the same for every writer of a topic. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
}
