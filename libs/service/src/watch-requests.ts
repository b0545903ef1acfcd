import { applicationTraceparent, currentActivity, endSpan, inActivity, nextTraceparent, startSpan, traceparentOf, type Activity } from '@millrace/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SpanKind, type Span, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { MetricsRegistry } from './metrics.js';

interface WatchedRequest {
  readonly activity: Activity;
  readonly span: Span | undefined;
}

/** Health checks come every few seconds and tell nothing of an application. */
const isWatched = ({ url }: FastifyRequest): boolean => !url.startsWith('/health/');

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unknown';

function idOf(params: unknown, name: string): string | undefined {
  const value = (params as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

function begin(request: FastifyRequest, tracer: Tracer | undefined): WatchedRequest {
  const { traceparent } = request.headers;
  const applicationId = idOf(request.params, 'applicationId');
  // Reads are no part of the story, and an applicant may ask for its status a thousand times.
  const own = request.method === 'GET' ? undefined : applicationTraceparent(applicationId);
  const incoming = typeof traceparent === 'string' ? traceparent : own;
  const loanId = idOf(request.params, 'loanId');
  const span = startSpan(tracer, {
    name: `${request.method} ${routeOf(request)}`,
    kind: SpanKind.SERVER,
    traceparent: incoming,
    attributes: {
      'http.request.method': request.method,
      'http.route': routeOf(request),
      ...(applicationId === undefined ? {} : { 'millrace.application_id': applicationId }),
      ...(loanId === undefined ? {} : { 'millrace.loan_id': loanId }),
    },
  });
  return { activity: { traceparent: span ? traceparentOf(span) : nextTraceparent(incoming), applicationId, loanId }, span };
}

const STATUS_CLASSES = ['2xx', '3xx', '4xx', '5xx'];

/** With a route's first request all its status classes are there, as `increase()` would lose the first failure of a series that begins with it. */
function seriesStarter(metrics: MetricsRegistry): (method: string, route: string) => void {
  const started = new Set<string>();
  return (method, route) => {
    const name = `${method} ${route}`;
    if (started.has(name)) return;
    started.add(name);
    for (const status of STATUS_CLASSES) metrics.httpSeconds.zero({ method, route, status });
  };
}

/** Every request is an activity of its application: its log lines, its span, and the trace that goes on in what it changes. */
export function watchRequests(
  app: NestFastifyApplication,
  { metrics, logger, tracer }: { metrics: MetricsRegistry; logger: Logger; tracer: Tracer | undefined },
): void {
  const watched = new WeakMap<FastifyRequest, WatchedRequest>();
  const startSeries = seriesStarter(metrics);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isWatched(request)) watched.set(request, begin(request, tracer));
    done();
  });
  // Not before: reading the body leaves the asynchronous context that the request began in.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const known = watched.get(request);
    if (known) inActivity(known.activity, done);
    else done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1_000;
    const { method } = request;
    const route = routeOf(request);
    startSeries(method, route);
    metrics.httpSeconds.observe({ method, route, status: `${Math.floor(reply.statusCode / 100)}xx` }, seconds);
    const known = watched.get(request);
    if (known) {
      inActivity(known.activity, () => logger.debug({ method, route, status: reply.statusCode, seconds }, 'request answered'));
      known.span?.setAttribute('http.response.status_code', reply.statusCode);
      endSpan(known.span, reply.statusCode >= 500 ? new Error('the request failed') : undefined);
    }
    done();
  });
}

/** Trace context of the request under way, which its changes and further calls hang on. */
export function requestTraceparent(): string {
  return currentActivity()?.traceparent ?? nextTraceparent(undefined);
}
