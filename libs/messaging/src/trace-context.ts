import { randomBytes } from 'node:crypto';
import { parseTraceParent } from '@opentelemetry/core';
import { validate as isUuid } from 'uuid';

/**
 * W3C `traceparent` of the next hop: the same trace under a span id of its own, or a new sampled trace where there is none (or a broken one).
 */
export function nextTraceparent(incoming: string | undefined): string {
  const parent = incoming === undefined ? null : parseTraceParent(incoming);
  const traceId = parent?.traceId ?? randomBytes(16).toString('hex');
  const flags = (parent?.traceFlags ?? 1).toString(16).padStart(2, '0');
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
}

/**
 * The trace that an application has to itself: its id is the trace id, so that whoever knows one knows the other, and requests of different days are
 * seen as one story. Undefined for what is no UUID.
 */
export function applicationTraceparent(applicationId: unknown): string | undefined {
  if (!isUuid(applicationId)) return undefined;
  const id = (applicationId as string).replaceAll('-', '').toLowerCase();
  return `00-${id}-${id.slice(16)}-01`;
}
