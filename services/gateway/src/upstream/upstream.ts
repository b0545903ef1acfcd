import { LOGGER, encodePrincipal, PRINCIPAL_HEADER, type InsideService, type Principal } from '@millrace/service';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { handleType, IterableBackoff, retry } from 'cockatiel';
import type { Logger } from 'pino';
import { Agent, request, type Dispatcher } from 'undici';
import { GatewayConfig } from '../config.js';
import { problemOfAnswer, serviceFailed, serviceTimeout, serviceUnavailable } from './upstream-problem.js';

/** Every request is a GET or a PUT that names itself, so it can be sent again (M-EV-07). */
export interface UpstreamRequest {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly query?: object;
  readonly body?: object;
  /** A file instead of a body of JSON. */
  readonly file?: Buffer;
}

/** A file that a service has answered with. */
export interface UpstreamFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** A service's answer that is no refusal. */
export interface UpstreamAnswer<T> {
  readonly status: number;
  readonly body: T;
}

/** An answer as it came, whatever its status. */
interface Exchanged {
  readonly status: number;
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly retryAfter: string | undefined;
}

/** The connection failed before an answer came. */
class ConnectionError extends Error {}

/** Codes of undici that mean "reached, but too slow". */
const TOO_SLOW = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const CONNECTIONS_PER_SERVICE = 64;
const CONNECT_TIMEOUT_MS = 2_000;
/** Below the 72 s after which our services close an idle connection. */
const KEEP_ALIVE_MS = 30_000;
/** Together longer than an address takes to lead to another instance. */
const RETRY_WAITS_MS = [50, 250, 700];

function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)]))).toString()}`;
}

/** HTTP client of the services behind the gateway: hands on who asks and the trace, and every problem as the client may see it. */
@Injectable()
export class Upstream implements OnModuleDestroy {
  readonly #agent: Agent;
  readonly #away = new Set<InsideService>();
  /** For a request that met a connection's end: each has a connection of its own, as others of the pool may be as stale. */
  readonly #fresh: Agent;
  // A kept-alive connection may close under a request, and a service that restarts is away for a moment.
  readonly #retry = retry(handleType(ConnectionError), { maxAttempts: RETRY_WAITS_MS.length, backoff: new IterableBackoff(RETRY_WAITS_MS) });

  constructor(
    @Inject(GatewayConfig) private readonly config: GatewayConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const timeout = config.serviceTimeoutMs;
    const limits = { connections: CONNECTIONS_PER_SERVICE, headersTimeout: timeout, bodyTimeout: timeout, connect: { timeout: CONNECT_TIMEOUT_MS } };
    // One request at a time on a connection, so that its end cuts one; and it ends here before it ends there.
    this.#agent = new Agent({ ...limits, pipelining: 1, keepAliveTimeout: KEEP_ALIVE_MS, keepAliveMaxTimeout: KEEP_ALIVE_MS });
    this.#fresh = new Agent({ ...limits, pipelining: 0 });
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.#agent.close(), this.#fresh.close()]);
  }

  /** Reads; answers the body. */
  async get<T>(service: InsideService, path: string, principal: Principal, query?: object): Promise<T> {
    return (await this.send<T>(service, { method: 'GET', path, ...(query ? { query } : {}) }, principal)).body;
  }

  /** Writes under a client-made id; answers the body, and the status where it tells new from known. */
  put<T>(service: InsideService, path: string, principal: Principal, body: object): Promise<UpstreamAnswer<T>> {
    return this.send<T>(service, { method: 'PUT', path, body }, principal);
  }

  /** Writes a file under a client-made id; what is said of it stands in the query. */
  putFile<T>(service: InsideService, path: string, principal: Principal, query: object, file: Buffer): Promise<UpstreamAnswer<T>> {
    return this.send<T>(service, { method: 'PUT', path, query, file }, principal);
  }

  /** Reads a file. */
  async getFile(service: InsideService, path: string, principal: Principal): Promise<UpstreamFile> {
    const { bytes, mediaType } = await this.#asked(service, { method: 'GET', path }, principal);
    return { bytes, mediaType };
  }

  /** Throws the service's own problem, `SERVICE_UNAVAILABLE`, `SERVICE_TIMEOUT` or `SERVICE_FAILED`. */
  async send<T>(service: InsideService, call: UpstreamRequest, principal: Principal): Promise<UpstreamAnswer<T>> {
    const { status, bytes } = await this.#asked(service, call, principal);
    return { status, body: this.#parse(service, status, bytes.toString('utf8')) as T };
  }

  async #asked(service: InsideService, call: UpstreamRequest, principal: Principal): Promise<Exchanged> {
    try {
      const answer = await this.#retry.execute(({ attempt }) => this.#exchange(service, call, principal, attempt === 0 ? this.#agent : this.#fresh));
      const { status, bytes, retryAfter } = answer;
      this.#toldOf(service, undefined);
      if (status >= 500 && status !== 503) this.logger.warn({ service, status, path: call.path }, 'a service failed; its own log says why');
      if (status >= 400) throw problemOfAnswer(service, status, this.#parse(service, status, bytes.toString('utf8')), retryAfter);
      return answer;
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.#toldOf(service, error);
      throw serviceUnavailable(service);
    }
  }

  async #exchange(service: InsideService, call: UpstreamRequest, principal: Principal, dispatcher: Dispatcher): Promise<Exchanged> {
    try {
      const answer = await request(new URL(`${call.path}${queryOf(call.query ?? {})}`, this.config[service]), {
        dispatcher,
        method: call.method,
        headers: {
          authorization: `Bearer ${this.config.internalToken}`,
          [PRINCIPAL_HEADER]: encodePrincipal(principal),
          accept: 'application/json',
          ...(principal.traceparent ? { traceparent: principal.traceparent } : {}),
          ...(call.body ? { 'content-type': 'application/json' } : {}),
          ...(call.file ? { 'content-type': 'application/octet-stream' } : {}),
        },
        body: call.file ?? (call.body ? JSON.stringify(call.body) : null),
      });
      const { 'retry-after': retryAfter, 'content-type': mediaType } = answer.headers;
      return {
        status: answer.statusCode,
        bytes: Buffer.from(await answer.body.arrayBuffer()),
        mediaType: String(mediaType),
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      };
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (TOO_SLOW.has(code)) {
        this.logger.warn({ service, method: call.method }, 'a service did not answer in time');
        throw serviceTimeout(service);
      }
      throw new ConnectionError(`${service}: ${code || (error as Error).message}`, { cause: error });
    }
  }

  /** An outage is told when it begins and when it ends, not by each request that meets it (D10). */
  #toldOf(service: InsideService, outage: ConnectionError | undefined): void {
    if (outage && !this.#away.has(service)) this.logger.warn({ service, reason: outage.message }, 'a service cannot be reached');
    if (!outage && this.#away.has(service)) this.logger.info({ service }, 'a service can be reached again');
    if (outage) this.#away.add(service);
    else this.#away.delete(service);
  }

  #parse(service: InsideService, status: number, text: string): unknown {
    try {
      return text === '' ? undefined : JSON.parse(text);
    } catch {
      this.logger.error({ service, status }, 'a service answered with something that is not JSON');
      throw serviceFailed(service);
    }
  }
}
