import { ROOT_CONTEXT, SpanStatusCode, trace, type Attributes, type Span, type SpanKind, type TimeInput, type Tracer } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';

/** A span to be started. */
export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  /** W3C trace context of the parent; without one, or with a broken one, a new trace begins. */
  readonly traceparent: string | undefined;
  readonly attributes?: Attributes;
  readonly startTime?: TimeInput;
}

/** Starts a span; undefined where nobody collects them, which costs one comparison. */
export function startSpan(tracer: Tracer | undefined, { name, kind, traceparent, attributes = {}, startTime }: SpanStart): Span | undefined {
  if (!tracer) return undefined;
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  const context = parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
  return tracer.startSpan(name, { kind, attributes, ...(startTime === undefined ? {} : { startTime }) }, context);
}

/** Ends a span. Of an error only its class is told: a message may repeat what a person has given (R-IT-05). */
export function endSpan(span: Span | undefined, error?: unknown): void {
  if (!span) return;
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.constructor.name : typeof error });
  span.end();
}

/** W3C trace context of a span, for the next hop. */
export function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
