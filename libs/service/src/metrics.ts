import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of one service; a registry of its own, as the standalone runtime has all services in one process. */
export class MetricsRegistry {
  readonly registry = new Registry();
  /** Duration of HTTP requests by route and status class, in seconds. */
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    this.httpSeconds = new Histogram({
      name: 'millrace_http_request_seconds',
      help: 'Duration of HTTP requests.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [this.registry],
    });
  }

  /** Metrics of the process itself; once a process. */
  collectProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** A value that is asked for when the metrics are read. */
  gauge(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }
}
