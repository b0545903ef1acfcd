import { runActivity, currentActivity } from '@millrace/messaging';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import type { Histogram } from 'prom-client';
import { ProviderClient, ProviderError, type ProviderClientOptions } from './http-client.js';
import type { MetricsRegistry } from './metrics.js';

const CALL_BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** All that a call can come to; each is there before the first call, as a rate would lose the first of each. */
const OUTCOMES = ['ok', 'timeout', 'unavailable', 'refused', 'invalid'];

/** Makes a service's clients of outside parties, and tells how each of them does. */
export class ProviderClients {
  readonly #clients = new Map<string, ProviderClient>();
  readonly #seconds: Histogram<'provider' | 'outcome'>;

  constructor(
    metrics: MetricsRegistry,
    private readonly tracer?: Tracer,
  ) {
    this.#seconds = metrics.histogram(
      'millrace_provider_call_seconds',
      'Calls of an outside party with their repeats, by outcome: ok, timeout, unavailable, refused or invalid.',
      ['provider', 'outcome'],
      CALL_BUCKETS_S,
    );
    metrics.gauges('millrace_provider_circuit_open', '1 while calls of the outside party are refused after repeated failures.', ['provider'], async () =>
      [...this.#clients].map(([provider, client]) => ({ labels: { provider }, value: client.healthy ? 0 : 1 })),
    );
  }

  /** The client of one outside party; made once for each. */
  create(options: ProviderClientOptions): ProviderClient {
    const { name } = options;
    if (this.#clients.has(name)) throw new Error(`there is a client of ${name} already`);
    const client = new ProviderClient(options, (work) => this.#watch(name, work));
    this.#clients.set(name, client);
    for (const outcome of OUTCOMES) this.#seconds.zero({ provider: name, outcome });
    return client;
  }

  async #watch<T>(provider: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    let outcome = 'ok';
    const span = { ...currentActivity(), name: `call ${provider}`, kind: SpanKind.CLIENT, attributes: { 'peer.service': provider } };
    try {
      return await (this.tracer ? runActivity(this.tracer, span, work) : work());
    } catch (error) {
      outcome = error instanceof ProviderError ? error.kind : 'invalid';
      throw error;
    } finally {
      this.#seconds.observe({ provider, outcome }, (performance.now() - began) / 1_000);
    }
  }
}
