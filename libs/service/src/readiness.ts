import { withinMs } from './within-ms.js';

/** Probes of orchestrators give up after a few seconds, so a check that hangs has failed by then. */
const CHECK_TIMEOUT_MS = 2_000;

/** Something that a ready service cannot do without, and why it is not there. */
export interface Unready {
  readonly what: string;
  readonly why: string;
}

/** Says whether a service can work: it has started, does not stop, and all that it stands on answers. */
export class Readiness {
  #stage: 'starting' | 'running' | 'stopping' = 'starting';
  readonly #checks: { readonly what: string; readonly check: () => Promise<void> }[] = [];

  /** Adds something the service cannot do without; `check` throws where it is not there. */
  add(what: string, check: () => Promise<void>): void {
    this.#checks.push({ what, check });
  }

  started(): void {
    this.#stage = 'running';
  }

  stopping(): void {
    this.#stage = 'stopping';
  }

  /** What is missing now, by name; empty where the service is ready. */
  async missing(): Promise<Unready[]> {
    if (this.#stage !== 'running') return [{ what: 'service', why: `it is ${this.#stage}` }];
    const results = await Promise.allSettled(this.#checks.map(({ check }) => withinMs(CHECK_TIMEOUT_MS, check())));
    return results.flatMap((result, index) =>
      result.status === 'fulfilled'
        ? []
        : [{ what: this.#checks[index]!.what, why: result.reason instanceof Error ? result.reason.message : 'it does not answer' }],
    );
  }
}
