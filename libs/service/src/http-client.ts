import { Readable } from 'node:stream';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, ExponentialBackoff, handleWhen, isBrokenCircuitError, retry, wrap, type IPolicy } from 'cockatiel';
import { Agent, request, type Dispatcher } from 'undici';

/** Why a provider gave no usable answer; `timeout` means that the outcome is unknown. */
export type ProviderErrorKind = 'timeout' | 'unavailable' | 'refused' | 'invalid';

/** A provider's failure, told apart by what may be done next. */
export class ProviderError extends Error {
  constructor(
    readonly provider: string,
    readonly kind: ProviderErrorKind,
    message: string,
    readonly status?: number,
    /** Body of the refusal, where the provider sent one. */
    readonly body?: unknown,
  ) {
    super(`${provider}: ${message}`);
  }

  /** Trying again with the same id may help; a refusal stays a refusal. */
  get retryable(): boolean {
    return this.kind === 'timeout' || this.kind === 'unavailable';
  }
}

const BREAKER_FAILURES = 10;
const BREAKER_RESET_MS = 5_000;

/** Settings of one provider client; nothing is left to a library's default. */
export interface ProviderClientOptions {
  readonly name: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Further tries of a retryable failure; 0 for calls whose unknown outcome must be asked about, not repeated. */
  readonly retries: number;
  /** Failures in a row that open the circuit; 10 where it is not given. */
  readonly breakerFailures?: number;
  /** How long an open circuit refuses before it lets one call through; 5 s where it is not given. */
  readonly breakerResetMs?: number;
}

/** One call; `idempotencyKey` is our own id of the intent, so that a repeat is the same request (M-EV-02). */
export interface ProviderRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Told of every call with its repeats, around it. */
export type WatchCall = <T>(work: () => Promise<T>) => Promise<T>;

const agent = new Agent({ connections: 64, keepAliveTimeout: 30_000 });

/** HTTP client of one outside party: timeout, bounded retries, circuit breaker, and health from the breaker's state. */
export class ProviderClient {
  readonly #options: ProviderClientOptions;
  readonly #policy: IPolicy;
  readonly #breaker: ReturnType<typeof circuitBreaker>;

  constructor(
    options: ProviderClientOptions,
    private readonly watch: WatchCall = (work) => work(),
  ) {
    this.#options = options;
    const retryable = handleWhen((error) => error instanceof ProviderError && error.retryable);
    const { breakerFailures = BREAKER_FAILURES, breakerResetMs = BREAKER_RESET_MS } = options;
    this.#breaker = circuitBreaker(retryable, { halfOpenAfter: breakerResetMs, breaker: new ConsecutiveBreaker(breakerFailures) });
    this.#policy =
      options.retries > 0
        ? wrap(retry(retryable, { maxAttempts: options.retries, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) }), this.#breaker)
        : this.#breaker;
  }

  /** False while the circuit is open. */
  get healthy(): boolean {
    return this.#breaker.state !== CircuitState.Open;
  }

  /** Calls and returns the JSON answer; throws a {@link ProviderError}. */
  async request<T>(call: ProviderRequest): Promise<T> {
    return this.#guarded(async () => {
      const answer = await this.#send(call);
      const text = await answer.body.text();
      let body: unknown;
      try {
        body = text === '' ? undefined : JSON.parse(text);
      } catch {
        throw new ProviderError(this.#options.name, 'invalid', 'answered with something that is not JSON', answer.statusCode);
      }
      this.#refuseFailure(answer.statusCode, body);
      return body as T;
    });
  }

  /** Calls and returns the body as a stream, unread; the caller must consume or destroy it. */
  async stream(path: string): Promise<Readable> {
    return this.#guarded(async () => {
      const answer = await this.#send({ method: 'GET', path });
      if (answer.statusCode >= 400) this.#refuseFailure(answer.statusCode, await answer.body.text());
      return answer.body;
    });
  }

  #guarded<T>(work: () => Promise<T>): Promise<T> {
    return this.watch(() => this.#execute(work));
  }

  async #execute<T>(work: () => Promise<T>): Promise<T> {
    try {
      return (await this.#policy.execute(work)) as T;
    } catch (error) {
      if (isBrokenCircuitError(error)) throw new ProviderError(this.#options.name, 'unavailable', 'the circuit is open after repeated failures');
      throw error;
    }
  }

  async #send(call: ProviderRequest): Promise<Dispatcher.ResponseData> {
    const timeoutMs = call.timeoutMs ?? this.#options.timeoutMs;
    try {
      return await request(new URL(call.path, this.#options.baseUrl), {
        dispatcher: agent,
        method: call.method,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        headers: {
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
          ...call.headers,
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
      });
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      // A refused connection never reached the provider; anything else may have.
      const kind = code === 'ECONNREFUSED' || code === 'ENOTFOUND' ? 'unavailable' : 'timeout';
      throw new ProviderError(this.#options.name, kind, `gave no answer (${code || (error as Error).message})`);
    }
  }

  #refuseFailure(status: number, body: unknown): void {
    if (status < 400) return;
    const kind = status === 408 || status === 504 ? 'timeout' : status >= 500 || status === 429 ? 'unavailable' : 'refused';
    throw new ProviderError(this.#options.name, kind, `answered ${status}`, status, body);
  }
}

/** Closes kept-alive connections at the end of the process. */
export async function closeHttpClients(): Promise<void> {
  await agent.close();
}
