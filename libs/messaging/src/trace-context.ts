import { randomBytes } from 'node:crypto';
import { parseTraceParent } from '@opentelemetry/core';

/**
 * W3C `traceparent` of the next hop: the same trace under a span id of its own, or a new sampled trace where there is none (or a broken one).
 */
export function nextTraceparent(incoming: string | undefined): string {
  const parent = incoming === undefined ? null : parseTraceParent(incoming);
  const traceId = parent?.traceId ?? randomBytes(16).toString('hex');
  const flags = (parent?.traceFlags ?? 1).toString(16).padStart(2, '0');
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
}
