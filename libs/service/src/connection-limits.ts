import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BaseConfig } from './config.js';
import { problemBody, type ProblemDetails } from './problem.js';

/** How often the server looks for requests that have taken too long. */
const LOOK_EVERY_MS = 1_000;
/** Headers come in one or two packets; a body may be a megabyte. */
const HEADERS_SHARE = 3;

/** What a request that never became one is told, by Node's code. */
const REFUSALS: Readonly<Record<string, ProblemDetails>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'REQUEST_TIMEOUT',
    title: 'The request did not arrive in time.',
    detail: 'Nothing was done. Send it again over a faster connection.',
  },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', title: 'The headers are larger than 16 KiB.', detail: 'Send fewer or shorter ones.' },
};
const NO_HTTP: ProblemDetails = { status: 400, code: 'BAD_REQUEST', title: 'The request cannot be understood.' };

/** Answers what never became a request, and gives its connection up. */
function refuse(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const details = REFUSALS[error.code ?? ''] ?? NO_HTTP;
  const body = JSON.stringify(problemBody(details, '/'));
  socket.end(
    `HTTP/1.1 ${details.status} ${STATUS_CODES[details.status] ?? ''}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Options of the server that bound how long a caller may hold a connection (SEC-15). */
export function connectionLimits({ requestTimeoutMs, connectionTimeoutMs }: BaseConfig): object {
  return {
    requestTimeout: requestTimeoutMs,
    connectionTimeout: connectionTimeoutMs,
    http: { headersTimeout: Math.ceil(requestTimeoutMs / HEADERS_SHARE), connectionsCheckingInterval: LOOK_EVERY_MS },
    clientErrorHandler: refuse,
  };
}

/** Bounds how many connections a service holds. */
export function limitConnections(app: NestFastifyApplication, { maxConnections }: BaseConfig): void {
  const fastify = app.getHttpAdapter().getInstance();
  const { server } = fastify;
  server.maxConnections = maxConnections;
  // Callers open some ahead of need. Node counts none of them as idle, and would wait for each of them over a minute when the server closes.
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }: { socket: Socket }) => unused.delete(socket));
  fastify.addHook('preClose', (done) => {
    for (const socket of unused) socket.destroy();
    done();
  });
}
