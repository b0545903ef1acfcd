import type { EventLog, LogPosition, PartitionOffsets, StoredRecord, Subscription } from '@millrace/messaging';

/** The log of a service that neither writes nor reads events, as the sandbox: it has no way to the real one, and asking for it is a programming error. */
export class NoEventLog implements EventLog {
  createTopics(): Promise<void> {
    return this.#refuse();
  }

  append(): Promise<readonly LogPosition[]> {
    return this.#refuse();
  }

  subscribe(): Promise<Subscription> {
    return this.#refuse();
  }

  read(): AsyncIterable<StoredRecord> {
    throw new Error('this service has no event log');
  }

  offsetAtTime(): Promise<bigint> {
    return this.#refuse();
  }

  offsets(): Promise<readonly PartitionOffsets[]> {
    return this.#refuse();
  }

  async close(): Promise<void> {}

  async #refuse(): Promise<never> {
    throw new Error('this service has no event log');
  }
}
