import { Agent, request } from 'undici';

/** One row of a list: an application, a task, a payout, a repayment, as far as attacks read it. */
export interface AnswerItem {
  readonly applicationId?: string;
  readonly reviewTaskId?: string;
  readonly stage?: string;
  readonly status?: string;
  readonly bankReference?: string;
  readonly decision?: object | null;
  readonly score?: Record<string, unknown> | null;
}

/** What attacks read of an answer, whichever it is. */
export interface AnswerBody {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly status?: string;
  readonly state?: string;
  readonly drawdown?: { readonly status: string } | null;
  readonly loan?: object | null;
  readonly heldMinor?: string;
  readonly waitingFor?: string | null;
  readonly decision?: object | null;
  readonly offerId?: string;
  readonly access_token?: string;
  readonly items?: readonly AnswerItem[];
  readonly keys?: readonly { readonly kid: string; readonly x: string }[];
  /** Of the server's metadata (RFC 8414). */
  readonly issuer?: string;
}

/** One answer as it came over the wire. */
export interface WireAnswer {
  /** 0 where the connection broke before an answer. */
  readonly status: number;
  readonly bytes: number;
  readonly text: string;
  readonly body: AnswerBody | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ms: number;
}

/** What is sent beside method and path. */
export interface Sent {
  /** A string or bytes go out as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const agent = new Agent({ connections: 64, headersTimeout: 60_000, bodyTimeout: 60_000 });

/** Closes the connections of all attacks. */
export async function closeAttackClients(): Promise<void> {
  await agent.close();
}

/** Sends requests as they are told, and never a second time; unlike a friendly client it wants to see each answer. */
export class AttackClient {
  #token: string | undefined;

  constructor(
    readonly url: string,
    private readonly credentials?: { readonly clientId: string; readonly clientSecret: string },
  ) {}

  /** Gets the token; throws where it is refused, as nothing can be tried without. */
  async login(): Promise<void> {
    if (!this.credentials) return;
    const { clientId, clientSecret } = this.credentials;
    const { status, body } = await this.#exchange('POST', '/v1/oauth/token', {
      body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
    });
    if (status !== 200) throw new Error(`no token for ${clientId}: ${status} ${body?.code ?? ''} ${body?.detail ?? ''}`);
    this.#token = body?.access_token;
  }

  send(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, sent: Sent = {}): Promise<WireAnswer> {
    const headers = { ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}), ...sent.headers };
    return this.#exchange(method, path, { ...sent, headers });
  }

  get(path: string): Promise<WireAnswer> {
    return this.send('GET', path);
  }

  put(path: string, body: unknown): Promise<WireAnswer> {
    return this.send('PUT', path, { body });
  }

  async #exchange(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, { body, headers = {} }: Sent): Promise<WireAnswer> {
    const began = performance.now();
    const raw = body === undefined ? null : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    try {
      const answer = await request(new URL(path, this.url), {
        dispatcher: agent,
        method,
        headers: { ...(raw === null ? {} : { 'content-type': 'application/json' }), ...headers },
        body: raw,
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, bytes: Buffer.byteLength(text), text, body: parsed(text), headers: answer.headers, ms: performance.now() - began };
    } catch {
      return { status: 0, bytes: 0, text: '', body: undefined, headers: {}, ms: performance.now() - began };
    }
  }
}

function parsed(text: string): AnswerBody | undefined {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    return undefined;
  }
}
