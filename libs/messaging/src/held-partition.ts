import type { StoredRecord } from './event-log.js';
import { partitionName, type LanePartition } from './partition-lanes.js';
import type { Lease } from './postgres-leases.js';

/** A partition that this member holds, and where its work stands. */
export class HeldPartition implements LanePartition {
  /** Next offset to read. */
  position: bigint;
  /** Records read with the last commit, not handed over yet. */
  ahead: readonly StoredRecord[] = [];
  /** There may be records to read. */
  waiting = true;
  busy = false;
  /** To be given back as soon as it is not busy. */
  leaving = false;
  lost = false;

  constructor(
    readonly lease: Lease,
    position: bigint,
  ) {
    this.position = position;
  }

  get name(): string {
    return partitionName(this.lease);
  }

  get partition(): number {
    return this.lease.partition;
  }

  get runnable(): boolean {
    return (this.waiting || this.ahead.length > 0) && !this.busy && !this.leaving && !this.lost;
  }
}
