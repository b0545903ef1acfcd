import { MAX_BATCH_BYTES } from './kafka-record.js';

/** Settings of a topic: it keeps events for good (M-EV-05), stamps them by the broker's clock, and takes a payload of the largest size with its headers. */
export function topicSettings(replicationFactor: number): { name: string; value: string }[] {
  const settings = {
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'message.timestamp.type': 'LogAppendTime',
    'max.message.bytes': String(MAX_BATCH_BYTES),
    // One copy may be away; an append is durable when all others have it.
    'min.insync.replicas': String(Math.max(1, replicationFactor - 1)),
  };
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}
