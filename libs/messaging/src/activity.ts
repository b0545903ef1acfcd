import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes, SpanKind, Tracer } from '@opentelemetry/api';
import { endSpan, startSpan, traceparentOf } from './spans.js';
import { nextTraceparent } from './trace-context.js';

/** What runs now, and for which application: every log line says it, and every change made in it hangs on it. */
export interface Activity {
  /** W3C trace context; that of the span where spans are recorded. */
  readonly traceparent?: string | undefined;
  readonly applicationId?: string | undefined;
  readonly loanId?: string | undefined;
}

/** One piece of work as traces show it. */
export interface NamedActivity extends Activity {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
}

/** Span attribute that finds everything about one application. */
export const APPLICATION_ATTRIBUTE = 'millrace.application_id';

const storage = new AsyncLocalStorage<Activity>();

/** The activity of the code that asks; undefined outside of any. */
export function currentActivity(): Activity | undefined {
  return storage.getStore();
}

/** Runs work as part of an activity that is under way already. */
export function inActivity<T>(activity: Activity, work: () => T): T {
  return storage.run(activity, work);
}

/** Runs work as an activity of its own: below the trace context given, and as a span where somebody collects them. */
export async function runActivity<T>(tracer: Tracer | undefined, { name, kind, attributes, ...activity }: NamedActivity, work: () => Promise<T>): Promise<T> {
  const span = startSpan(tracer, { name, kind, traceparent: activity.traceparent, attributes: attributesOf(activity, attributes) });
  if (!span) return storage.run({ ...activity, traceparent: activity.traceparent ?? nextTraceparent(undefined) }, work);
  try {
    const result = await storage.run({ ...activity, traceparent: traceparentOf(span) }, work);
    endSpan(span);
    return result;
  } catch (error) {
    endSpan(span, error);
    throw error;
  }
}

/**
 * Trace context that a change made now hangs on: the activity under way, unless the change belongs to the trace of another application, as it does
 * where a timer takes up what a request has left.
 */
export function causeOf(recorded: string | undefined): string | undefined {
  const current = storage.getStore()?.traceparent;
  if (recorded === undefined || current === undefined) return recorded ?? current;
  return traceIdOf(current) === traceIdOf(recorded) ? current : recorded;
}

/** Trace id of a trace context, for people and log lines. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent === undefined || traceparent.length < 35 ? undefined : traceparent.slice(3, 35);
}

function attributesOf({ applicationId, loanId }: Activity, attributes: Attributes | undefined): Attributes {
  return {
    ...attributes,
    ...(applicationId === undefined ? {} : { [APPLICATION_ATTRIBUTE]: applicationId }),
    ...(loanId === undefined ? {} : { 'millrace.loan_id': loanId }),
  };
}
