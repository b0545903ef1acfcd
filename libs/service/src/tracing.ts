import type { Tracer } from '@opentelemetry/api';

/** Spans wait here for the next export; more are dropped rather than slow the service down. */
const QUEUE_SPANS = 16_384;
const EXPORT_SPANS = 512;
const EXPORT_INTERVAL_MS = 1_000;
const EXPORT_TIMEOUT_MS = 5_000;

/** Where a service's spans go. */
export interface Tracing {
  /** Absent where nobody collects spans: then nothing of OpenTelemetry's SDK is even loaded. */
  readonly tracer: Tracer | undefined;
  /** Sends what is there, as far as the collector takes it. */
  close(): Promise<void>;
}

/** Spans of one service, sent to the collector by OTLP over HTTP in the background; who begins a trace decides whether it is sampled. */
export async function openTracing(service: string, endpoint: string | undefined): Promise<Tracing> {
  if (!endpoint) return { tracer: undefined, close: async () => undefined };
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS });
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: QUEUE_SPANS,
    maxExportBatchSize: EXPORT_SPANS,
    scheduledDelayMillis: EXPORT_INTERVAL_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const resource = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'millrace' });
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  return { tracer: provider.getTracer('millrace'), close: () => provider.shutdown().catch(() => undefined) };
}
