import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { MetricsRegistry } from './metrics.js';
import { problemBody, type ProblemDetails } from './problem.js';
import type { Readiness } from './readiness.js';
import { READY_PATH, readinessAnswer, type ReadinessAnswer } from './readiness-answer.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const NOT_FOUND: ProblemDetails = {
  status: 404,
  code: 'NOT_FOUND',
  title: 'There is nothing at this address.',
  detail: 'This port has /health/live, /health/ready and /metrics.',
};
const FAILED: ProblemDetails = { status: 500, code: 'INTERNAL', title: 'Something went wrong on our side.', detail: 'The log says what.' };
/** Nobody sends a body here, and a scrape is a moment. */
const REQUEST_TIMEOUT_MS = 10_000;

/** What the operations port tells of. */
export interface OperationsView {
  readonly readiness: Readiness;
  readonly metrics: MetricsRegistry;
  readonly logger: Logger;
}

/**
 * Health and metrics on a port of their own: it is open to operators and scrapers only, whoever may reach the service's own port. It answers until the
 * very end of a stop, so that the last figures are scraped too.
 */
export class OperationsServer {
  readonly #server: Server;

  constructor(private readonly view: OperationsView) {
    this.#server = createServer(
      { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS },
      (request, response) => void this.#serve(request, response),
    );
  }

  /** Listens; answers the base URL. Throws the system's error where it cannot. */
  async listen(port: number, host: string): Promise<string> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const { port: taken } = this.#server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0]!;
    try {
      const { status, headers, body } = await this.#answer(request.method ?? 'GET', path);
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    } catch (error) {
      this.view.logger.error({ err: error, path }, 'request of an operator failed');
      if (!response.headersSent)
        response.writeHead(FAILED.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problemBody(FAILED, path)));
    }
  }

  async #answer(method: string, path: string): Promise<Omit<ReadinessAnswer, 'body'> & { readonly body: string | ReadinessAnswer['body'] }> {
    const { readiness, metrics } = this.view;
    const asked = method === 'GET' || method === 'HEAD' ? path : '';
    if (asked === '/health/live') return { status: 200, headers: JSON_TYPE, body: { status: 'up' } };
    if (asked === READY_PATH) return readinessAnswer(await readiness.condition());
    if (asked === '/metrics') return { status: 200, headers: { 'content-type': metrics.registry.contentType }, body: await metrics.registry.metrics() };
    return { status: NOT_FOUND.status, headers: { 'content-type': 'application/problem+json' }, body: problemBody(NOT_FOUND, path) };
  }
}
