import type { LendingService } from '@millrace/service';
import { Replay, sumRows, type Delivery, type ReplayedBatch, type StoredRecord, type WrittenRows } from '@millrace/messaging';
import { OperatorError } from '../trouble/operator-error.js';
import type { Progress } from '../command/progress.js';
import type { Installation } from '../installation/installation.js';
import { rangesBetween, readInOrder } from './read-ranges.js';
import type { PartitionRange, ReplayBound } from './replay-range.js';

const BATCH_RECORDS = 500;
const TRANSACTION_RECORDS = 100;
/** A rehearsal keeps the new events of an application together, so it has to keep them all. */
const MAX_REHEARSED = 100_000;
const MAX_REFUSALS = 100;

/** What is to be given again. */
export interface ReplayRequest {
  readonly consumer: LendingService;
  readonly from: ReplayBound;
  readonly to?: ReplayBound | undefined;
  readonly applicationId?: string | undefined;
}

/** An event that its handler did not take. */
export interface Refusal {
  readonly eventId: string;
  readonly type: string;
  readonly key: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly reason: string;
}

/** Counts of a replay, or of its rehearsal. */
export interface ReplayReport {
  readonly dryRun: boolean;
  /** Records of the range that are for this consumer, and for the application where one is named. */
  readonly events: number;
  readonly new: number;
  readonly duplicates: number;
  readonly refused: number;
  /** Rows written, by table, inbox and outbox included. */
  readonly rows: WrittenRows;
  /** The first hundred. */
  readonly refusals: readonly Refusal[];
}

class Tally {
  #counts = { new: 0, duplicate: 0, refused: 0 };
  #rows: WrittenRows = {};
  readonly #refusals: Refusal[] = [];

  duplicates(count: number): void {
    this.#counts.duplicate += count;
  }

  add(deliveries: readonly Delivery[], { outcomes, rows }: ReplayedBatch): void {
    this.#rows = sumRows([this.#rows, rows]);
    for (const [index, outcome] of outcomes.entries()) {
      this.#counts[outcome.kind] += 1;
      if (outcome.kind !== 'refused' || this.#refusals.length === MAX_REFUSALS) continue;
      const { eventId, type, record } = deliveries[index]!;
      const { key, topic, partition, offset } = record;
      this.#refusals.push({ eventId, type, key, topic, partition, offset, reason: outcome.reason });
    }
  }

  report(dryRun: boolean): ReplayReport {
    const { new: fresh, duplicate, refused } = this.#counts;
    return { dryRun, events: fresh + duplicate + refused, new: fresh, duplicates: duplicate, refused, rows: this.#rows, refusals: this.#refusals };
  }
}

/** Gives past events to one consumer again, or rehearses it; opened once, so that a rehearsal can come before the real run. */
export class ReplayRun {
  private constructor(
    private readonly installation: Installation,
    private readonly request: ReplayRequest,
    private readonly replay: Replay,
    /** What lies between the bounds, for good: events that come later are the live consumer's. */
    private readonly ranges: readonly PartitionRange[],
  ) {}

  static async prepare(installation: Installation, request: ReplayRequest): Promise<ReplayRun> {
    const { consumes } = await installation.definition(request.consumer);
    const { runner, resolve } = await installation.build(request.consumer);
    const replay = new Replay({ name: request.consumer, runner, subscriptions: consumes, resolve });
    if (replay.topics.length === 0) throw new OperatorError(`${request.consumer} consumes no events`);
    return new ReplayRun(installation, request, replay, await rangesBetween(installation.log, replay.topics, request.from, request.to));
  }

  /** Records in the range, other consumers' and other applications' included. */
  get size(): number {
    return this.ranges.reduce((sum, { from, to }) => sum + Number(to - from), 0);
  }

  /** New events in the order in which they came to the log, as many in a transaction as the consumer takes. */
  async run(progress: Progress): Promise<ReplayReport> {
    const tally = new Tally();
    for await (const fresh of this.#freshOnes(tally, progress)) {
      for (let at = 0; at < fresh.length; at += TRANSACTION_RECORDS) {
        const deliveries = fresh.slice(at, at + TRANSACTION_RECORDS);
        tally.add(deliveries, await this.replay.give(deliveries));
      }
    }
    return tally.report(false);
  }

  /** New events of an application in one transaction, as later ones stand on earlier ones; then it is rolled back. */
  async rehearse(progress: Progress): Promise<ReplayReport> {
    const tally = new Tally();
    const groups = new Map<string, Delivery[]>();
    let kept = 0;
    for await (const fresh of this.#freshOnes(tally, progress)) {
      kept += fresh.length;
      if (kept > MAX_REHEARSED)
        throw new OperatorError(`more than ${MAX_REHEARSED} events would be new; narrow the rehearsal with --from, --to or --application`);
      for (const delivery of fresh) {
        const story = applicationOf(delivery.record);
        groups.set(story, [...(groups.get(story) ?? []), delivery]);
      }
    }
    for (const group of groups.values()) tally.add(group, await this.replay.rehearse(group));
    return tally.report(true);
  }

  async *#freshOnes(tally: Tally, progress: Progress): AsyncGenerator<readonly Delivery[]> {
    let batch: StoredRecord[] = [];
    const sort = async (): Promise<readonly Delivery[]> => {
      const { duplicates, fresh } = await this.replay.sort(batch.filter((record) => this.#isWanted(record)));
      tally.duplicates(duplicates);
      progress.add(batch.length);
      batch = [];
      return fresh;
    };
    for await (const record of readInOrder(this.installation.log, this.ranges)) {
      batch.push(record);
      if (batch.length === BATCH_RECORDS) yield await sort();
    }
    yield await sort();
  }

  #isWanted(record: StoredRecord): boolean {
    return this.request.applicationId === undefined || applicationOf(record) === this.request.applicationId;
  }
}

/** The application that a record belongs to; its key where the header is missing. */
function applicationOf({ headers, key }: StoredRecord): string {
  return headers['ce_correlationid'] ?? key;
}
