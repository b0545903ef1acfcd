import { Agent, request } from 'node:http';

/** One request that got no proper answer. */
export interface Cut {
  readonly path: string;
  /** Milliseconds since the prober began. */
  readonly atMs: number;
  readonly why: string;
}

export interface ProbeReport {
  readonly requests: number;
  readonly cuts: readonly Cut[];
  /** How often each status was answered: a caller that is refused reaches no service. */
  readonly answers: ReadonlyMap<number, number>;
  /** Connections that were opened for them. */
  readonly connections: number;
}

/** What is asked for: a path and the token to ask with. */
export interface Probe {
  readonly path: string;
  readonly token: string;
}

const CONNECTIONS = 8;
const TIMEOUT_MS = 15_000;
/** Far below the gateway's limits for one client, and above what one connection idles between two requests. */
const PAUSE_MS = 40;

/**
 * A caller that keeps its connections and never sends a request again, which is what most programs are. Whatever is not answered with less than 500 was
 * cut: by a connection that closed under it, by a 503, by silence.
 */
export class KeepAliveProber {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, scheduling: 'fifo' });
  readonly #cuts: Cut[] = [];
  readonly #answers = new Map<number, number>();
  #requests = 0;
  #connections = 0;
  readonly #began = performance.now();

  constructor(
    private readonly url: string,
    private readonly probes: readonly Probe[],
  ) {}

  get requests(): number {
    return this.#requests;
  }

  /** Asks until `enough` says so, on all connections at the same time. */
  async run(enough: () => boolean): Promise<ProbeReport> {
    await Promise.all(Array.from({ length: CONNECTIONS }, () => this.#oneAfterTheOther(enough)));
    this.#agent.destroy();
    return { requests: this.#requests, cuts: this.#cuts, answers: this.#answers, connections: this.#connections };
  }

  async #oneAfterTheOther(enough: () => boolean): Promise<void> {
    while (!enough()) {
      const probe = this.probes[this.#requests++ % this.probes.length]!;
      const why = await this.#ask(probe);
      if (why !== undefined) this.#cuts.push({ path: probe.path, atMs: Math.round(performance.now() - this.#began), why });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Answers why there was no proper answer; undefined where there was one. */
  #ask({ path, token }: Probe): Promise<string | undefined> {
    return new Promise((done) => {
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
      const asked = request(new URL(path, this.url), { agent: this.#agent, headers, timeout: TIMEOUT_MS }, (answer) => {
        const status = answer.statusCode!;
        answer.once('end', () => {
          this.#answers.set(status, (this.#answers.get(status) ?? 0) + 1);
          done(status < 500 ? undefined : `status ${status}`);
        });
        answer.once('error', (error) => done(error.message));
        answer.resume();
      });
      asked.once('timeout', () => asked.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)));
      asked.once('error', (error) => done((error as { code?: string }).code ?? error.message));
      asked.once('socket', () => {
        if (!asked.reusedSocket) this.#connections += 1;
      });
      asked.end();
    });
  }
}
