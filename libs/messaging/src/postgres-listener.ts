import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** Channel on which every append names its topic and partitions: `topic 0,3,5`; the log's function `append` has the same name in it. */
const APPENDED_CHANNEL = 'event_log_appended';
/** Channel on which members of a consumer group tell each other, by the group's name, to look at their shares again. */
export const GROUP_CHANNEL = 'event_log_group';

const RECONNECT_DELAY_MS = 500;

/** What a listener hears; `reconnected` means that notifications may have been missed. */
export interface LogWatcher {
  appended(topic: string, partitions: readonly number[]): void;
  groupChanged(group: string): void;
  reconnected(): void;
}

/** One LISTEN connection for all subscriptions of a log; it comes back by itself, and the slow poll covers the time between. */
export class PostgresListener {
  readonly #watchers = new Set<LogWatcher>();
  #client: pg.Client | undefined;
  #reconnecting: Promise<void> | undefined;
  readonly #closed = new AbortController();

  constructor(
    private readonly connectionString: string,
    private readonly onError: (error: Error) => void,
  ) {}

  add(watcher: LogWatcher): void {
    this.#watchers.add(watcher);
  }

  remove(watcher: LogWatcher): void {
    this.#watchers.delete(watcher);
  }

  /** Connects; later losses are repaired in the background. */
  async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.connectionString, application_name: 'millrace-log-listener', keepAlive: true });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the LISTEN connection of the event log ended')));
    client.on('notification', ({ channel, payload }) => this.#heard(channel, payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${APPENDED_CHANNEL}; listen ${GROUP_CHANNEL}`);
    } catch (error) {
      // Nobody else knows of it, and it would keep its process from ending.
      await client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#reconnecting;
    await this.#client?.end().catch(() => undefined);
  }

  #heard(channel: string, payload: string): void {
    if (channel === GROUP_CHANNEL) return this.#watchers.forEach((watcher) => watcher.groupChanged(payload));
    const separator = payload.lastIndexOf(' ');
    const partitions = payload
      .slice(separator + 1)
      .split(',')
      .map(Number);
    this.#watchers.forEach((watcher) => watcher.appended(payload.slice(0, separator), partitions));
  }

  #lost(client: pg.Client, error: Error): void {
    if (this.#client !== client || this.#closed.signal.aborted) return;
    this.#client = undefined;
    this.onError(error);
    client.end().catch(() => undefined);
    this.#reconnecting = this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    while (!this.#closed.signal.aborted && !this.#client) {
      await delay(RECONNECT_DELAY_MS, undefined, { signal: this.#closed.signal }).catch(() => undefined);
      if (this.#closed.signal.aborted) return;
      await this.connect().catch(this.onError);
    }
    this.#watchers.forEach((watcher) => watcher.reconnected());
  }
}
