import type { LogPosition, StoredRecord } from './event-log.js';
import { toStoredRecord, type KafkaMessage } from './kafka-record.js';

/** The client's knowledge of brokers and leaders, as far as a fetch outside any group needs it. */
export interface FetchCluster {
  isConnected(): boolean;
  connect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadata(): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findLeaderForPartitions(topic: string, partitions: number[]): Record<string, number[]>;
  findBroker(node: { nodeId: string }): Promise<{ fetch(request: FetchRequest): Promise<unknown> }>;
}

interface FetchRequest {
  readonly maxWaitTime: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly topics: { topic: string; partitions: { partition: number; fetchOffset: string; maxBytes: number }[] }[];
}

interface FetchResponse {
  readonly responses: readonly { readonly partitions: readonly { readonly messages: readonly (KafkaMessage & { isControlRecord?: boolean })[] }[] }[];
}

/** What one fetch brought: records in order, and the last offset that it dealt with; undefined where there was nothing at all. */
export interface FetchedRecords {
  readonly records: readonly StoredRecord[];
  readonly lastOffset: bigint | undefined;
}

/** Bytes asked for per record wanted: about the size of an event. */
const BYTES_PER_RECORD = 1_024;
const MIN_FETCH_BYTES = 65_536;
const MAX_FETCH_BYTES = 4 * 1_048_576;
/** Only what is there already is fetched, so the broker has nothing to wait for. */
const FETCH_WAIT_MS = 100;

/**
 * Fetches outside any group, from the partition's leader, one at a time: the client opens a connection for everybody who finds none, loses sight of
 * all but one, and those keep the process from ending.
 */
export class KafkaReader {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly cluster: FetchCluster) {}

  /** One fetch; after an error whoever asks again meets the new leader, where it has moved. */
  fetch(from: LogPosition, maxBytes: number): Promise<FetchedRecords> {
    const fetching = this.#last.then(() => this.#fetch(from, maxBytes));
    this.#last = fetching.catch(() => undefined);
    return fetching;
  }

  async #fetch({ topic, partition, offset }: LogPosition, maxBytes: number): Promise<FetchedRecords> {
    if (!this.cluster.isConnected()) await this.cluster.connect();
    await this.cluster.addTargetTopic(topic);
    await this.cluster.refreshMetadataIfNecessary();
    const [nodeId] = Object.keys(this.cluster.findLeaderForPartitions(topic, [partition]));
    const partitions = [{ partition, fetchOffset: offset.toString(), maxBytes }];
    const broker = await this.cluster.findBroker({ nodeId: nodeId! });
    const request = { maxWaitTime: FETCH_WAIT_MS, minBytes: 1, maxBytes, topics: [{ topic, partitions }] };
    const { responses } = (await broker.fetch(request).catch(async (error: unknown) => {
      await this.cluster.refreshMetadata();
      throw error;
    })) as FetchResponse;
    const messages = responses[0]?.partitions[0]?.messages ?? [];
    const records = messages.filter(({ isControlRecord }) => !isControlRecord).map((message) => toStoredRecord(topic, partition, message));
    const last = messages.at(-1);
    return { records, lastOffset: last && BigInt(last.offset) };
  }
}

/** Records of one partition from an offset up to `end`, which is not included, in as many fetches as it takes. */
export async function* readPartition(
  fetch: (offset: bigint, maxBytes: number) => Promise<FetchedRecords>,
  from: bigint,
  end: bigint,
  batchRecords: number,
): AsyncGenerator<StoredRecord> {
  const maxBytes = Math.min(MAX_FETCH_BYTES, Math.max(MIN_FETCH_BYTES, batchRecords * BYTES_PER_RECORD));
  for (let offset = from; offset < end;) {
    const { records, lastOffset } = await fetch(offset, maxBytes);
    if (lastOffset === undefined || lastOffset < offset) return;
    for (const record of records) {
      if (record.offset >= end) return;
      if (record.offset >= offset) yield record;
    }
    offset = lastOffset + 1n;
  }
}
