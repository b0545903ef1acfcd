import type { Logger } from 'pino';
import { withinMs } from './within-ms.js';

/** Probes of orchestrators give up after a few seconds, so a check that hangs has failed by then. */
const CHECK_TIMEOUT_MS = 2_000;

/** A part of a service that does not work now, and why. */
export interface Trouble {
  readonly what: string;
  readonly why: string;
}

/** Whether a service can do what its callers ask: `degraded` where it can, and something behind that is in trouble. */
export interface Condition {
  readonly status: 'ready' | 'degraded' | 'unready';
  readonly trouble: readonly Trouble[];
}

interface Part {
  readonly what: string;
  readonly check: () => Promise<void>;
}

async function troubleOf(parts: readonly Part[]): Promise<Trouble[]> {
  const results = await Promise.allSettled(parts.map(({ check }) => withinMs(CHECK_TIMEOUT_MS, check())));
  return results.flatMap((result, index) =>
    result.status === 'fulfilled'
      ? []
      : [{ what: parts[index]!.what, why: result.reason instanceof Error && result.reason.message ? result.reason.message : 'it does not answer' }],
  );
}

/** Tells load balancers whether to send requests here, and operators what is wrong; each change goes to the log once. */
export class Readiness {
  #stage: 'starting' | 'running' | 'stopping' = 'starting';
  readonly #needed: Part[] = [];
  readonly #watched: Part[] = [];
  #said = '';

  constructor(private readonly logger: Logger) {}

  /** Adds what no request can be answered without; `check` throws where it is not there. */
  need(what: string, check: () => Promise<void>): void {
    this.#needed.push({ what, check });
  }

  /** Adds what may be away while requests are answered: what it would do is done later. `check` throws where it is in trouble. */
  watch(what: string, check: () => Promise<void>): void {
    this.#watched.push({ what, check });
  }

  started(): void {
    this.#stage = 'running';
  }

  stopping(): void {
    this.#stage = 'stopping';
  }

  /** Names of all that is watched, and what of it is in trouble now. */
  async watched(): Promise<{ readonly names: readonly string[]; readonly trouble: readonly Trouble[] }> {
    return { names: this.#watched.map(({ what }) => what), trouble: await troubleOf(this.#watched) };
  }

  /** Looks at everything now. */
  async condition(): Promise<Condition> {
    if (this.#stage !== 'running') return { status: 'unready', trouble: [{ what: 'service', why: `it is ${this.#stage}` }] };
    const [missing, troubled] = await Promise.all([troubleOf(this.#needed), troubleOf(this.#watched)]);
    const trouble = [...missing, ...troubled];
    const condition: Condition = { status: missing.length > 0 ? 'unready' : troubled.length > 0 ? 'degraded' : 'ready', trouble };
    this.#tellChange(condition);
    return condition;
  }

  /** By names, as reasons change from one look to the next; what a start or a stop brings with it is no news. */
  #tellChange({ status, trouble }: Condition): void {
    const names = trouble.map(({ what }) => what).join(', ');
    if (names === this.#said || this.#stage !== 'running') return;
    this.#said = names;
    if (status === 'ready') this.logger.info('ready again');
    else this.logger.warn({ trouble }, status === 'degraded' ? `degraded: ${names}` : `not ready: ${names}`);
  }
}
