import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodePrincipal, PRINCIPAL_HEADER, type Principal } from '@millrace/service';
import { until } from '@millrace/testing';

/** One request that reached a service. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly traceparent: string | undefined;
  readonly principal: Principal | undefined;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- suites read bodies of many shapes
  readonly body: any;
}

/** What a service answers; `hang` never does. */
export type Reply = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> } | 'hang' | 'cut';

/** A problem as every service writes it. */
export function problem(status: number, code: string, extra: object = {}): Reply {
  return {
    status,
    body: { type: `https://millrace.dev/problems/${code}`, title: `Title of ${code}.`, status, code, detail: 'Do this.', instance: '/internal', ...extra },
  };
}

/** An HTTP server in place of all services behind the gateway: keeps every call, answers what the suite says, and 404 to a partner that is not the owner. */
export class RecordingUpstreams {
  readonly calls: RecordedCall[] = [];
  /** Partner whose everything is. */
  owner = 'partner-1';
  readonly #replies: { readonly method: string; readonly path: RegExp; readonly reply: (call: RecordedCall) => Reply }[] = [];
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  /** Answers calls whose path matches; what was said last counts. */
  on(method: string, path: RegExp, reply: Reply | ((call: RecordedCall) => Reply)): void {
    this.#replies.unshift({ method, path, reply: typeof reply === 'function' ? reply : () => reply });
  }

  reset(): void {
    this.calls.length = 0;
    this.#replies.length = 0;
  }

  /** Waits for the first call whose path matches. */
  call(path: RegExp): Promise<RecordedCall> {
    return until(async () => this.calls.find((call) => path.test(call.path)), String(path));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const text = Buffer.concat(chunks).toString('utf8');
    const principal = decodePrincipal(headers[PRINCIPAL_HEADER]);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const call: RecordedCall = {
      method,
      path,
      authorization: headers.authorization,
      traceparent: headers['traceparent'] as string | undefined,
      principal,
      body,
    };
    this.calls.push(call);
    const reply = this.#replyTo(call);
    if (reply === 'hang') return;
    if (reply === 'cut') return void request.socket.destroy();
    response.writeHead(reply.status, { 'content-type': reply.status < 400 ? 'application/json' : 'application/problem+json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }

  #replyTo(call: RecordedCall): Reply {
    const found = this.#replies.find(({ method, path }) => method === call.method && path.test(call.path));
    const foreign = call.principal?.kind === 'partner' && call.principal.partnerId !== this.owner && call.path !== '/products';
    if (!found || (foreign && call.method === 'GET')) return problem(404, 'NOT_FOUND');
    return found.reply(call);
  }
}
