import { MAX_RECORD_BYTES, RecordTooLargeError, type LogRecord, type StoredRecord } from './event-log.js';

/** A record as the Kafka client decodes it. */
export interface KafkaMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Milliseconds since 1970, by the broker's clock. */
  readonly timestamp: string;
  readonly offset: string;
  readonly headers?: Readonly<Record<string, HeaderValue>> | undefined;
}

type HeaderValue = Buffer | string | readonly (Buffer | string)[] | undefined;

/** Largest batch of one partition in one request: a payload of the largest size with as many bytes of headers; `max.message.bytes` of the topics. */
export const MAX_BATCH_BYTES = 2 * MAX_RECORD_BYTES;

/** What the record format takes beside key, value and headers, rounded up. */
const RECORD_OVERHEAD_BYTES = 64;
const HEADER_OVERHEAD_BYTES = 10;
/** Frame of a batch. */
const BATCH_OVERHEAD_BYTES = 128;

/** Upper bound of a record's bytes on the wire. */
export function recordBytes(record: LogRecord): number {
  let bytes = RECORD_OVERHEAD_BYTES + Buffer.byteLength(record.key) + record.value.length;
  for (const [name, value] of Object.entries(record.headers)) bytes += HEADER_OVERHEAD_BYTES + Buffer.byteLength(name) + Buffer.byteLength(value);
  return bytes;
}

/** Refuses a record that no broker with our topic settings would take, before anything of its call is sent. */
export function refuseTooLarge(records: readonly LogRecord[]): void {
  for (const record of records) {
    const what = `for ${record.topic} (key ${record.key})`;
    if (record.value.length > MAX_RECORD_BYTES)
      throw new RecordTooLargeError(`a record of ${record.value.length} bytes ${what} is over the limit of ${MAX_RECORD_BYTES} bytes`);
    if (recordBytes(record) + BATCH_OVERHEAD_BYTES > MAX_BATCH_BYTES)
      throw new RecordTooLargeError(`a record with headers of more than ${MAX_RECORD_BYTES} bytes ${what} is over the limit`);
  }
}

/** True where one more record still fits into a partition's batch of so many bytes. */
export function fitsIntoBatch(batchBytes: number, record: LogRecord): boolean {
  return batchBytes === 0 || batchBytes + recordBytes(record) + BATCH_OVERHEAD_BYTES <= MAX_BATCH_BYTES;
}

const NO_BYTES = Buffer.alloc(0);

function lastOf(value: HeaderValue): Buffer | string | undefined {
  return typeof value === 'string' || Buffer.isBuffer(value) ? value : value?.at(-1);
}

/**
 * A decoded record as the port hands it over. A foreign producer may leave out key and value, and may repeat a header: the last one counts.
 * Its texts are made when they are first asked for: a member that has fallen behind reads far ahead of what it works on.
 */
class KafkaRecord implements StoredRecord {
  private keyText: string | undefined;
  private headerTexts: Readonly<Record<string, string>> | undefined;

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly message: KafkaMessage,
  ) {}

  get offset(): bigint {
    return BigInt(this.message.offset);
  }

  get key(): string {
    return (this.keyText ??= this.message.key?.toString() ?? '');
  }

  get headers(): Readonly<Record<string, string>> {
    return (this.headerTexts ??= Object.fromEntries(
      Object.entries(this.message.headers ?? {}).map(([name, value]) => [name, lastOf(value)?.toString() ?? '']),
    ));
  }

  get value(): Buffer {
    return this.message.value ?? NO_BYTES;
  }

  get appendedAt(): Date {
    return new Date(Number(this.message.timestamp));
  }
}

/** A decoded record as the port hands it over. */
export function toStoredRecord(topic: string, partition: number, message: KafkaMessage): StoredRecord {
  return new KafkaRecord(topic, partition, message);
}
