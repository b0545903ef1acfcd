import pg from 'pg';
import type { EventLog } from './event-log.js';
import { NotificationListener } from './notification-listener.js';

/** Settings of a relay; every one is explicit. */
export interface RelayOptions {
  /** URL with the service's role. */
  readonly connectionString: string;
  readonly schema: string;
  readonly log: EventLog;
  readonly batchSize: number;
  /** Slow safety net beside NOTIFY, and how often a standby tries for the lock. */
  readonly pollIntervalMs: number;
  /** Wait after a failed batch; nothing is skipped, the same batch is tried again for ever. */
  readonly retryDelayMs: number;
  /** Published rows are kept for so long, for people who look into the table. */
  readonly keepPublishedDays: number;
  readonly onError: (error: Error) => void;
}

interface OutboxRow {
  readonly seq: string;
  readonly aggregatetype: string;
  readonly aggregateid: string;
  readonly payload: Buffer;
  readonly headers: Record<string, string>;
}

const CLEAN_UP_EVERY_MS = 3_600_000;

/** Moves committed outbox rows to the event log, in order; one relay per service is active, by advisory lock. */
export class Relay {
  readonly #options: RelayOptions;
  #client: pg.Client | undefined;
  #listener: NotificationListener | undefined;
  #leader = false;
  #running = false;
  #again = false;
  #stopped = false;
  #timers: NodeJS.Timeout[] = [];
  #idle: Promise<void> = Promise.resolve();

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { connectionString, schema, onError, pollIntervalMs } = this.#options;
    this.#listener = await NotificationListener.open({ connectionString, channel: `${schema}_outbox`, onError });
    this.#listener.subscribe(() => this.#wake());
    this.#timers = [setInterval(() => this.#wake(), pollIntervalMs), setInterval(() => void this.#cleanUp().catch(onError), CLEAN_UP_EVERY_MS)];
    this.#wake();
  }

  /** Publishes what is committed by now, then stops. */
  async stop(): Promise<void> {
    this.#timers.forEach((timer) => clearInterval(timer));
    await this.#idle;
    if (this.#leader) await this.#publishAll().catch(this.#options.onError);
    this.#stopped = true;
    await this.#listener?.close();
    await this.#client?.end().catch(() => undefined);
  }

  /** Age of the oldest row that is not in the log yet, in milliseconds; 0 where there is none. */
  async oldestUnsentAgeMs(): Promise<number> {
    const client = await this.#connection();
    const { rows } = await client.query<{ age: string | null }>('select extract(epoch from clock_timestamp() - min(created_at)) * 1000 as age from outbox where published_at is null');
    return Math.max(0, Math.round(Number(rows[0]?.age ?? 0)));
  }

  #wake(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    if (this.#stopped) return;
    this.#running = true;
    this.#idle = this.#work().finally(() => (this.#running = false));
  }

  async #work(): Promise<void> {
    do {
      this.#again = false;
      try {
        if (await this.#lead()) await this.#publishAll();
      } catch (error) {
        this.#options.onError(error as Error);
        await new Promise((resolve) => setTimeout(resolve, this.#options.retryDelayMs));
      }
    } while (this.#again && !this.#stopped);
  }

  async #connection(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = new pg.Client({ connectionString: this.#options.connectionString, application_name: `${this.#options.schema} relay`, keepAlive: true });
    client.on('error', (error) => {
      this.#options.onError(error);
      this.#client = undefined;
      this.#leader = false;
    });
    await client.connect();
    this.#client = client;
    return client;
  }

  async #lead(): Promise<boolean> {
    if (this.#leader && this.#client) return true;
    const client = await this.#connection();
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock(hashtext($1), hashtext($2)) as locked', ['relay', this.#options.schema]);
    this.#leader = rows[0]?.locked ?? false;
    return this.#leader;
  }

  async #publishAll(): Promise<void> {
    const client = await this.#connection();
    for (;;) {
      const { rows } = await client.query<OutboxRow>({
        name: 'unpublished',
        text: 'select seq, aggregatetype, aggregateid, payload, headers from outbox where published_at is null order by seq limit $1',
        values: [this.#options.batchSize],
      });
      if (rows.length === 0) return;
      await this.#options.log.append(rows.map((row) => ({ topic: row.aggregatetype, key: row.aggregateid, headers: row.headers, value: row.payload })));
      await client.query({ name: 'published', text: 'update outbox set published_at = clock_timestamp() where seq = any($1::bigint[])', values: [rows.map((row) => row.seq)] });
    }
  }

  async #cleanUp(): Promise<void> {
    if (!this.#leader) return;
    const client = await this.#connection();
    await client.query(
      `delete from outbox where seq in (select seq from outbox where published_at < clock_timestamp() - $1 * interval '1 day' order by seq limit 10000)`,
      [this.#options.keepPublishedDays],
    );
  }
}
