/** A server of ours, as far as it is started and ended. */
export interface StoppableServer {
  /** Process that the server is a child of. */
  readonly pid: number;
  stop(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

/** PostgreSQL, Kafka or Redis on data and a port that stay the same, so that it can be killed and started again. */
export class RestartableServer<S extends StoppableServer = StoppableServer> {
  #running: S | undefined;

  constructor(
    readonly name: string,
    private readonly open: () => Promise<S>,
  ) {}

  /** Process that the server is a child of; undefined while it is away. */
  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Starts it; resolves when it can be used. */
  async start(): Promise<S> {
    this.#running = await this.open();
    return this.#running;
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.kill();
  }

  /** Ends it without loss. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.stop();
  }
}
