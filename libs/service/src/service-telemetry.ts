import type { MessagingTelemetry } from '@millrace/messaging';
import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Counter, Histogram } from 'prom-client';
import type { MetricsRegistry } from './metrics.js';

const HANDLING_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** Figures of a service's events, by event type. */
export class ServiceTelemetry implements MessagingTelemetry {
  readonly #handled: Counter<'type'>;
  readonly #failed: Counter<'type'>;
  readonly #parked: Counter<'type'>;
  readonly #published: Counter<'type'>;
  readonly #seconds: Histogram<'type'>;

  /** `types`: CloudEvents types that the service handles and publishes; their counters are there before their first event, which `increase()` would lose. */
  constructor(
    metrics: MetricsRegistry,
    private readonly logger: Logger,
    readonly tracer: Tracer | undefined,
    types: { readonly handled: readonly string[]; readonly published: readonly string[] },
  ) {
    this.#handled = metrics.counter('millrace_events_handled_total', 'Events handled, each once.', ['type']);
    this.#failed = metrics.counter('millrace_event_failures_total', 'Tries of an event that failed.', ['type']);
    this.#parked = metrics.counter('millrace_events_parked_total', 'Events parked for a person to look at, those behind them included.', ['type']);
    this.#published = metrics.counter('millrace_events_published_total', 'Events of the outbox that are in the log.', ['type']);
    this.#seconds = metrics.histogram('millrace_event_handling_seconds', "A handler's time for one event.", ['type'], HANDLING_BUCKETS_S);
    for (const type of types.handled) {
      for (const counter of [this.#handled, this.#failed, this.#parked]) counter.inc({ type }, 0);
      this.#seconds.zero({ type });
    }
    for (const type of types.published) this.#published.inc({ type }, 0);
  }

  eventHandled(type: string, seconds: number): void {
    this.#handled.inc({ type });
    this.#seconds.observe({ type }, seconds);
    this.logger.debug({ type, seconds }, 'event handled');
  }

  eventFailed(type: string): void {
    this.#failed.inc({ type });
  }

  eventParked(type: string): void {
    this.#parked.inc({ type });
  }

  eventPublished(type: string): void {
    this.#published.inc({ type });
  }
}
