import { setTimeout as delay } from 'node:timers/promises';

/** A server of ours, as far as it is started and ended. */
export interface StoppableServer {
  /** Process that the server is a child of. */
  readonly pid: number;
  /** Resolves with what ended it when it has ended, whoever ended it. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

/** Told of what nobody asked for. */
export interface ServerNews {
  readonly say: (line: string) => void;
  /** It cannot be started again; the line says why and what to do. */
  readonly onLost: (line: string) => void;
}

const RESTART_AFTER_MS = 1_000;
/** What is left of a server that was killed needs a few seconds to go. */
const RESTARTS = 10;

/** PostgreSQL, Kafka or Redis on data and a port that stay the same: started again when it ends by itself, and killed and started by who tests that. */
export class RestartableServer<S extends StoppableServer = StoppableServer> {
  #running: S | undefined;

  constructor(
    readonly name: string,
    private readonly open: () => Promise<S>,
    private readonly news: ServerNews,
  ) {}

  /** Process that the server is a child of; undefined while it is away. */
  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Starts it; resolves when it can be used. */
  async start(): Promise<S> {
    return this.#keep(await this.open());
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

  #keep(server: S): S {
    this.#running = server;
    void server.ended.then((reason) => this.#startAgain(server, reason));
    return server;
  }

  /** Not where it was stopped or killed by us. */
  async #startAgain(ended: S, reason: string): Promise<void> {
    if (this.#running !== ended) return;
    this.news.say(`has ended (${reason}) and is started again`);
    let why = reason;
    for (let attempt = 1; attempt <= RESTARTS; attempt++) {
      await delay(RESTART_AFTER_MS);
      if (this.#running !== ended) return;
      try {
        const next = await this.open();
        if (this.#running !== ended) return await next.stop();
        this.#keep(next);
        this.news.say('is back');
        return;
      } catch (error) {
        why = (error as Error).message;
      }
    }
    this.news.onLost(`${this.name} has ended and cannot be started again (${why}); stop everything, see to that, and start it anew`);
  }
}
