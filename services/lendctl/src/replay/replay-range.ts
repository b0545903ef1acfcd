/** Where a replay begins or ends: a time, or an offset of every partition that is replayed. */
export type ReplayBound = { readonly time: Date } | { readonly offset: bigint };

/** Where the records of one partition are replayed: `from` included, `to` not. */
export interface PartitionRange {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

const OFFSET = /^\d{1,18}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads `--from` and `--to`; undefined for what is neither an offset nor an instant with its time zone, which must not be guessed. */
export function parseBound(text: string): ReplayBound | undefined {
  if (OFFSET.test(text)) return { offset: BigInt(text) };
  const time = new Date(text);
  return INSTANT.test(text) && !Number.isNaN(time.getTime()) ? { time } : undefined;
}

/** True where nothing can lie between two bounds; a time and an offset cannot be held against each other. */
export function endsBeforeItBegins(from: ReplayBound, to: ReplayBound | undefined): boolean {
  if (to === undefined) return false;
  if ('time' in from) return 'time' in to && to.time < from.time;
  return 'offset' in to && to.offset < from.offset;
}

/** A bound as it was said. */
export function boundText(bound: ReplayBound): string {
  return 'time' in bound ? bound.time.toISOString() : `offset ${bound.offset}`;
}

/** What of a partition there is to read, within what it holds. */
export function clampRange(range: PartitionRange, held: { readonly earliest: bigint; readonly next: bigint }): PartitionRange {
  const from = range.from < held.earliest ? held.earliest : range.from;
  const to = range.to > held.next ? held.next : range.to;
  return { ...range, from, to: to < from ? from : to };
}
