import { Consumer, TransactionRunner, type EventLog, type StoredRecord } from '@millrace/messaging';
import type { BuiltService } from '@millrace/service';
import type pg from 'pg';
import { OperatorError } from '../command/operator-error.js';
import type { Progress } from '../command/progress.js';
import type { Installation } from '../installation/installation.js';
import type { OwnedModel } from './find-model.js';
import { qualified } from './shadow-tables.js';

const BATCH_RECORDS = 200;
const CONCURRENT_PARTITIONS = 3;

/** How far a partition is to be read: up to what the live consumer has dealt with. */
export interface PartitionEnd {
  readonly topic: string;
  readonly partition: number;
  /** Not included. */
  readonly end: bigint;
}

/** The live consumer deals with a partition in order, so its newest inbox row says where it stands. */
export async function liveEnds(client: Pick<pg.ClientBase, 'query'>, consumer: string): Promise<PartitionEnd[]> {
  const { rows } = await client.query<{ topic: string; partition: number; end: string }>(
    'select topic, partition, max("offset") + 1 as end from inbox where consumer = $1 group by topic, partition order by topic, partition',
    [consumer],
  );
  return rows.map(({ end, ...place }) => ({ ...place, end: BigInt(end) }));
}

/** Events that the live consumer has set aside, or a person has given up: they are not in the live model either. */
const setAside = (schema: string): string =>
  `select consumer, event_id, topic, partition, "offset" from ${qualified(schema, 'parked_event')} where consumer = $1 and status <> 'retried'`;

/** Reads the log from its beginning into the shadow, with the model's own handlers. */
export class ShadowFeed {
  readonly #consumer: Consumer;
  readonly #read = new Map<string, bigint>();
  readonly #skipped = new Set<string>();

  constructor(
    private readonly installation: Installation,
    private readonly built: BuiltService,
    private readonly owned: OwnedModel,
    private readonly progress: Progress,
  ) {
    const { service, model } = owned;
    // Without a jobs schema: a handler that asks for work outside the model is refused instead of doing it twice.
    const runner = new TransactionRunner({ pool: built.database.pool, source: service, clock: installation.clock });
    const { log } = installation;
    const options = { maxAttempts: 1 };
    this.#consumer = new Consumer({ name: service, log, runner, subscriptions: model.consumes, resolve: built.resolve, onError: () => undefined, options });
  }

  /** Records that are still to be read. */
  remaining(ends: readonly PartitionEnd[]): number {
    return ends.reduce((sum, place) => sum + Number(place.end - this.#position(place)), 0);
  }

  /** Reads every partition up to its end; a few at a time, each in order. */
  async readTo(ends: readonly PartitionEnd[]): Promise<void> {
    this.progress.total = this.progress.done + this.remaining(ends);
    await this.#skipSetAside();
    const waiting = [...ends];
    const work = async (): Promise<void> => {
      for (let place = waiting.shift(); place; place = waiting.shift()) await this.#readPartition(this.installation.log, place);
    };
    await Promise.all(Array.from({ length: CONCURRENT_PARTITIONS }, work));
    await this.#refuseParked();
  }

  #position({ topic, partition }: PartitionEnd): bigint {
    return this.#read.get(`${topic} ${partition}`) ?? 0n;
  }

  async #readPartition(log: EventLog, place: PartitionEnd): Promise<void> {
    const { topic, partition, end } = place;
    let batch: StoredRecord[] = [];
    const handle = async (): Promise<void> => {
      if (batch.length > 0) await this.#consumer.handleBatch({ records: batch });
      this.progress.add(batch.length);
      batch = [];
    };
    const offset = this.#position(place);
    if (offset < end) {
      for await (const record of log.read({ topic, partition, offset }, { batchRecords: BATCH_RECORDS })) {
        if (record.offset >= end) break;
        batch.push(record);
        if (batch.length === BATCH_RECORDS) await handle();
      }
      await handle();
      this.#read.set(`${topic} ${partition}`, end);
    }
  }

  /** Marks in the shadow's inbox what the live model lacks too; one that was retried meanwhile would be missing here alone. */
  async #skipSetAside(): Promise<void> {
    const { service, definition } = this.owned;
    const events = setAside(definition.schema);
    const { rows } = await this.built.database.query<{ event_id: string }>(events, [service]);
    const now = new Set(rows.map(({ event_id }) => event_id));
    if ([...this.#skipped].some((id) => !now.has(id))) throw new OperatorError('parked events were retried during the rebuild; nothing was changed, try again');
    now.forEach((id) => this.#skipped.add(id));
    await this.built.database.query(`insert into inbox (consumer, event_id, topic, partition, "offset") ${events} on conflict do nothing`, [service]);
  }

  /** An event that the live handler took and this one refuses must be looked at before anything is replaced. */
  async #refuseParked(): Promise<void> {
    const { rows } = await this.built.database.query<{ event_id: string; type: string; reason: string }>(
      'select event_id, type, reason from parked_event order by id limit 1',
    );
    const [first] = rows;
    if (first)
      throw new OperatorError(`the model cannot be rebuilt: its handler refuses event ${first.event_id} (${first.type || 'no type'}): ${first.reason}`);
  }
}
