import { KafkaEventLog } from '../src/kafka-event-log.js';

/** Opens the Kafka log at its brokers; what a process of its own imports. */
export function openLog(address: string): Promise<KafkaEventLog> {
  return KafkaEventLog.open({ brokers: address.split(','), clientId: 'millrace-test' });
}
