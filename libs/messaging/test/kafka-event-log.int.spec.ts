import { startTestKafka } from '@millrace/testing';
import { describeEventLog } from './event-log.contract.js';
import { openLog } from './open-kafka-log.js';

const kafka = await startTestKafka();
afterAll(() => kafka?.stop());

if (kafka) {
  describeEventLog('Apache Kafka', async () => {
    const { address } = kafka;
    const opener = { opener: new URL('open-kafka-log.ts', import.meta.url).href, address };
    return { opener, connect: () => openLog(address), close: async () => undefined };
  });
} else {
  test.skip('Apache Kafka', () => undefined);
}
