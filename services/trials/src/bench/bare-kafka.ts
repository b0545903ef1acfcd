import { Kafka, logLevel, Partitioners } from 'kafkajs';

/** The client library by itself: what our adapter is measured against. */
export class BareKafka {
  readonly #kafka: Kafka;

  constructor(brokers: readonly string[]) {
    this.#kafka = new Kafka({ brokers: [...brokers], clientId: 'bench-bare', logLevel: logLevel.NOTHING });
  }

  /** Seconds that it takes to send the batches, one after the other, each acknowledged by all. */
  async produceSeconds(topic: string, batches: readonly (readonly BareRecord[])[]): Promise<number> {
    const producer = this.#kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
    await producer.connect();
    try {
      const startMs = performance.now();
      for (const messages of batches) await producer.send({ topic, acks: -1, messages: [...messages] });
      return (performance.now() - startMs) / 1_000;
    } finally {
      await producer.disconnect();
    }
  }

  /** Seconds from the first batch to the last of so many records; each batch's offset is committed. */
  async consumeSeconds(topic: string, group: string, count: number): Promise<number> {
    const consumer = this.#kafka.consumer({ groupId: group, allowAutoTopicCreation: false });
    await consumer.connect();
    try {
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      const done = Promise.withResolvers<number>();
      let startMs: number | undefined;
      let seen = 0;
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          startMs ??= performance.now();
          seen += batch.messages.length;
          await consumer.commitOffsets([{ topic, partition: batch.partition, offset: (BigInt(batch.lastOffset()) + 1n).toString() }]);
          if (seen >= count) done.resolve((performance.now() - startMs) / 1_000);
        },
      });
      return await done.promise;
    } finally {
      await consumer.disconnect();
    }
  }
}

/** A record as the library takes it. */
export interface BareRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Record<string, string>;
}
