import type { Clock } from '@millrace/contracts';
import { Consumer, Relay, type EventHandler, type EventLog, type RecordBatch } from '@millrace/messaging';
import { buildService, createLogger, type BaseConfig, type BuiltService, type JobHandler, type ServiceDefinition, type Ticker } from '@millrace/service';
import { BrokenInvariant } from './broken-invariant.js';
import type { WaitingJob } from './job-book.js';

/** A handler that fails has its tries at once: waiting brings nothing where the next step is not taken before. */
const RETRY_BACKOFF_MS = 1;

/** What a service gets from the simulation. */
export interface SimulatedRuntime {
  readonly config: BaseConfig;
  readonly clock: Clock;
  readonly log: EventLog;
  /** Told of trouble that a service lives through. */
  readonly onError: (error: Error) => void;
}

/** One real service, of which nothing moves by itself: the scheduler sends its outbox, hands it events, runs its jobs and tickers, and starts it anew. */
export class SimulatedService {
  #built!: BuiltService;
  #consumer!: Consumer;
  #url = '';
  readonly #tickedAt: number[];
  /** Events whose handling is committed for sure, whichever process did it. */
  readonly #handled = new Set<string>();
  /** Events that the handlers are given in the delivery under way. */
  #given: string[] = [];

  constructor(
    readonly definition: ServiceDefinition,
    private readonly runtime: SimulatedRuntime,
  ) {
    this.#tickedAt = definition.tickers.map(() => runtime.clock.now().getTime());
  }

  get name(): string {
    return this.definition.name;
  }

  /** Base URL; the same after a restart. */
  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const { config, clock, log, onError } = this.runtime;
    this.#built = await buildService(this.definition, { config, clock, log, logger: createLogger(this.name, config.logLevel) });
    await this.#built.app.listen(config.port, config.host);
    this.#url = await this.#built.app.getUrl();
    config.port = Number(new URL(this.#url).port);
    const { runner, resolve } = this.#built;
    const options = { backoffMs: RETRY_BACKOFF_MS };
    this.#consumer = new Consumer({
      name: this.name,
      log,
      runner,
      subscriptions: this.definition.consumes,
      resolve: (name) => this.#watched(resolve(name)),
      onError,
      options,
    });
  }

  async stop(): Promise<void> {
    await this.#built.close();
  }

  /** What the process kept in memory is gone; its port and its tables are the same. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** One turn of the relay: sends what is there. */
  async sendOutbox(): Promise<void> {
    const relay = new Relay({ pool: this.#built.database.pool, log: this.runtime.log, onError: this.runtime.onError });
    relay.start();
    await relay.stop();
  }

  /** Gives the consumer a batch; throws where a handler meets an event that was dealt with before, which the inbox must not let through. */
  async deliver(batch: RecordBatch): Promise<void> {
    this.#given = [];
    await this.#consumer.handleBatch(batch);
    const again = this.#given.find((id) => this.#handled.has(id));
    if (again !== undefined) throw new BrokenInvariant('handled-once', `${this.name} handled event ${again} again`);
    for (const id of this.#given) this.#handled.add(id);
  }

  #watched(handler: EventHandler<never>): EventHandler<never> {
    return {
      handle: (event, tx) => {
        this.#given.push(event.id);
        return handler.handle(event, tx);
      },
    };
  }

  runJob({ task, payload, id, attempt, maxAttempts }: WaitingJob): Promise<void> {
    const handler = this.#built.modules.get<JobHandler>(this.definition.jobs[task]!, { strict: false });
    return handler.run(payload, { id, attempt, maxAttempts });
  }

  /** Numbers of the tickers whose interval is over. */
  dueTickers(now: Date): number[] {
    return this.definition.tickers.flatMap(({ intervalMs }, index) => (now.getTime() - this.#tickedAt[index]! >= intervalMs ? [index] : []));
  }

  tick(index: number, now: Date): Promise<void> {
    this.#tickedAt[index] = now.getTime();
    return this.#built.modules.get<Ticker>(this.definition.tickers[index]!.ticker, { strict: false }).tick();
  }
}
