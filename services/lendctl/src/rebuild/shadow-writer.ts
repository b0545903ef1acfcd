import { Consumer, TransactionRunner, type StoredRecord } from '@millrace/messaging';
import type { BuiltService } from '@millrace/service';
import { OperatorError } from '../trouble/operator-error.js';
import type { Installation } from '../installation/installation.js';
import type { OwnedModel } from './find-model.js';
import { qualified } from './shadow-tables.js';

/** Events that the live consumer has set aside, or a person has given up: they are not in the live model either. */
const setAside = (schema: string): string =>
  `select consumer, event_id, topic, partition, "offset" from ${qualified(schema, 'parked_event')} where consumer = $1 and status <> 'retried'`;

/** Gives records to the model's own handlers, which write into the shadow. */
export class ShadowWriter {
  readonly #consumer: Consumer;
  readonly #skipped = new Set<string>();

  constructor(
    installation: Installation,
    private readonly built: BuiltService,
    private readonly owned: OwnedModel,
  ) {
    const { service, model } = owned;
    // Without a jobs schema: a handler that asks for work outside the model is refused instead of doing it twice.
    const runner = new TransactionRunner({ pool: built.database.pool, source: service, clock: installation.clock });
    const { log } = installation;
    const options = { maxAttempts: 1 };
    this.#consumer = new Consumer({ name: service, log, runner, subscriptions: model.consumes, resolve: built.resolve, onError: () => undefined, options });
  }

  /** Records of one partition, in order. */
  async give(records: readonly StoredRecord[]): Promise<void> {
    await this.#consumer.handleBatch({ records });
  }

  /** Marks in the shadow's inbox what the live model lacks too; one that was retried meanwhile would be missing here alone. */
  async skipSetAside(): Promise<void> {
    const { service, definition } = this.owned;
    const events = setAside(definition.schema);
    const { rows } = await this.built.database.query<{ event_id: string }>(events, [service]);
    const now = new Set(rows.map(({ event_id }) => event_id));
    if ([...this.#skipped].some((id) => !now.has(id))) throw new OperatorError('parked events were retried during the rebuild; nothing was changed, try again');
    now.forEach((id) => this.#skipped.add(id));
    await this.built.database.query(`insert into inbox (consumer, event_id, topic, partition, "offset") ${events} on conflict do nothing`, [service]);
  }

  /** An event that the live handler took and this one refuses must be looked at before anything is replaced. */
  async refuseParked(): Promise<void> {
    const { rows } = await this.built.database.query<{ event_id: string; type: string; reason: string }>(
      'select event_id, type, reason from parked_event order by id limit 1',
    );
    const [first] = rows;
    if (first)
      throw new OperatorError(`the model cannot be rebuilt: its handler refuses event ${first.event_id} (${first.type || 'no type'}): ${first.reason}`);
  }
}
