import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { withinMs } from './within-ms.js';

/** A figure that takes longer to read is left out, so that one server that hangs does not hide all the others. */
const READ_TIMEOUT_MS = 3_000;

/** One figure of a gauge with labels. */
export interface LabelledValue<L extends string> {
  readonly labels: Readonly<Record<L, string>>;
  readonly value: number;
}

/**
 * Prometheus metrics of one service; a registry of its own, as the standalone runtime has all services in one process. Labels take their values from
 * lists in the code (routes, event types, tasks, providers, partitions), never from what a caller sends.
 */
export class MetricsRegistry {
  readonly registry = new Registry();
  /** Duration of HTTP requests by route and status class, in seconds. */
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly #unreadable: Counter<'metric'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    this.httpSeconds = this.histogram(
      'millrace_http_request_seconds',
      'Duration of HTTP requests.',
      ['method', 'route', 'status'],
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    );
    this.#unreadable = this.counter('millrace_metric_read_failures_total', 'Reads of a gauge that failed; the gauge is left out of that answer.', ['metric']);
  }

  /** Metrics of the process itself; once a process. */
  collectProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter<L>({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  histogram<L extends string>(name: string, help: string, labelNames: readonly L[], buckets: readonly number[]): Histogram<L> {
    return new Histogram<L>({ name, help, labelNames: [...labelNames], buckets: [...buckets], registers: [this.registry] });
  }

  /** A value that is asked for when the metrics are read. */
  gauge(name: string, help: string, read: () => Promise<number>): void {
    this.gauges(name, help, [], async () => [{ labels: {}, value: await read() }]);
  }

  /** Values that are asked for when the metrics are read. */
  gauges<L extends string>(name: string, help: string, labelNames: readonly L[], read: () => Promise<readonly LabelledValue<L>[]>): void {
    const unreadable = this.#unreadable;
    unreadable.inc({ metric: name }, 0);
    new Gauge<L>({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      async collect() {
        const values = await withinMs(READ_TIMEOUT_MS, read()).catch(() => undefined);
        this.reset();
        // A gauge without labels is 0 after a reset, and "not known" must not look like "nothing".
        if (labelNames.length === 0) this.remove();
        if (!values) unreadable.inc({ metric: name });
        for (const { labels, value } of values ?? []) this.set(labels, value);
      },
    });
  }
}
