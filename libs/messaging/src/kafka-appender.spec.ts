import type { LogRecord } from './event-log.js';
import { KafkaAppender, type Sender } from './kafka-appender.js';
import { MAX_BATCH_BYTES, recordBytes } from './kafka-record.js';
import { partitionOf } from './partitioner.js';

const PARTITIONS = 3;
const record = (key: string, bytes = 1): LogRecord => ({ topic: 't', key, headers: {}, value: Buffer.alloc(bytes) });
const partition = (key: string): number => partitionOf(key, PARTITIONS);

/** A broker that takes rounds in turn; `fail` says which sends break, the record taken or not. */
class RecordingBroker {
  readonly rounds: LogRecord[][] = [];
  readonly opened: number[] = [];
  closed = 0;
  inFlight = 0;
  mostInFlight = 0;
  fail: (send: number) => boolean = () => false;
  #sends = 0;
  readonly #ends = new Map<number, bigint>();

  async connect(): Promise<Sender> {
    this.opened.push(this.#sends);
    return { send: (records) => this.#send(records), close: async () => void this.closed++ };
  }

  async #send(records: readonly LogRecord[]): ReturnType<Sender['send']> {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await new Promise((done) => setImmediate(done));
    this.inFlight--;
    if (this.fail(this.#sends++)) throw new Error('the broker is away');
    this.rounds.push([...records]);
    const batches = Map.groupBy(records, ({ key }) => partition(key));
    return [...batches].map(([number, batch]) => {
      const baseOffset = this.#ends.get(number) ?? 0n;
      this.#ends.set(number, baseOffset + BigInt(batch.length));
      return { topic: 't', partition: number, baseOffset };
    });
  }
}

function open(broker: RecordingBroker, onMisplaced = () => undefined): KafkaAppender {
  return new KafkaAppender(
    () => broker.connect(),
    () => PARTITIONS,
    onMisplaced,
  );
}

test('appends at once are sent one after the other, those that wait together, each told its own places', async () => {
  const broker = new RecordingBroker();
  const appender = open(broker);
  const keys = Array.from({ length: 10 }, (_, call) => [`a${call}`, `b${call}`]);
  const places = await Promise.all(keys.map((ofCall) => appender.append(ofCall.map((key) => record(key)))));
  expect(broker.mostInFlight).toBe(1);
  expect(broker.rounds.length).toBeLessThan(10);
  expect(broker.rounds.flat().map(({ key }) => key)).toEqual(keys.flat());
  const offsets = new Map<number, bigint>();
  for (const [at, place] of places.flat().entries()) {
    expect(place.partition).toBe(partition(keys.flat()[at]!));
    expect(place.offset).toBe(offsets.get(place.partition) ?? 0n);
    offsets.set(place.partition, place.offset + 1n);
  }
});

test('no batch of a partition is larger than the broker takes, and the order is kept over the rounds', async () => {
  const broker = new RecordingBroker();
  const records = Array.from({ length: 9 }, (_, index) => ({ ...record('k', 900_000), headers: { index: String(index) } }));
  const places = await open(broker).append(records);
  expect(broker.rounds.length).toBeGreaterThan(4);
  for (const round of broker.rounds) expect(round.reduce((bytes, sent) => bytes + recordBytes(sent), 0)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
  expect(broker.rounds.flat().map(({ headers }) => headers['index'])).toEqual(records.map(({ headers }) => headers.index));
  expect(places.map(({ offset }) => offset)).toEqual(records.map((_, index) => BigInt(index)));
});

test('after a failure the sender is thrown away: what it numbered may have been taken', async () => {
  const broker = new RecordingBroker();
  broker.fail = (send) => send === 1;
  const appender = open(broker);
  await appender.append([record('a')]);
  await expect(appender.append([record('b')])).rejects.toThrow('the broker is away');
  await appender.append([record('c')]);
  expect(broker.opened).toEqual([0, 2]);
  expect(broker.closed).toBe(1);
  await appender.close();
  expect(broker.closed).toBe(2);
});

test('a broker that placed a key elsewhere is not believed', async () => {
  let misplaced = 0;
  const elsewhere: Sender = { send: async () => [{ topic: 't', partition: 99, baseOffset: 0n }], close: async () => undefined };
  const appender = new KafkaAppender(
    async () => elsewhere,
    () => PARTITIONS,
    () => void misplaced++,
  );
  await expect(appender.append([record('a')])).rejects.toThrow(/partitions have changed/);
  expect(misplaced).toBe(1);
});
