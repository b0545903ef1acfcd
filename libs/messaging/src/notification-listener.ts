import pg from 'pg';

/** Settings of a listener. */
export interface NotificationListenerOptions {
  readonly connectionString: string;
  readonly channel: string;
  readonly onError: (error: Error) => void;
}

const RECONNECT_MS = 500;

/** One LISTEN connection that wakes waiters and comes back by itself after a lost connection. */
export class NotificationListener {
  readonly #options: NotificationListenerOptions;
  readonly #wake = new Set<() => void>();
  #client: pg.Client | undefined;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: NotificationListenerOptions) {
    this.#options = options;
  }

  static async open(options: NotificationListenerOptions): Promise<NotificationListener> {
    const listener = new NotificationListener(options);
    await listener.#connect();
    return listener;
  }

  /** Calls back on every notification, and after a reconnect, when one may have been missed. Returns the way out. */
  subscribe(onWake: () => void): () => void {
    this.#wake.add(onWake);
    return () => this.#wake.delete(onWake);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#wake.clear();
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.connectionString, application_name: 'listener', keepAlive: true });
    client.on('error', (error) => this.#reconnect(error));
    client.on('end', () => this.#reconnect());
    client.on('notification', () => this.#wakeAll());
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(this.#options.channel)}`);
    this.#client = client;
  }

  #wakeAll(): void {
    for (const wake of this.#wake) wake();
  }

  #reconnect(error?: Error): void {
    if (this.#closed || this.#timer) return;
    if (error) this.#options.onError(error);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#connect().then(
        () => this.#wakeAll(),
        (failure: Error) => this.#reconnect(failure),
      );
    }, RECONNECT_MS);
  }
}
