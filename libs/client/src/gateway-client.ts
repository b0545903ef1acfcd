import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerOf, ApplicationAnswer, FileBody, REASON, ReviewTaskAnswer } from '@millrace/contracts/api';
import { Agent, request } from 'undici';
import { ApiClient, GatewayProblem } from './api-client.js';

/** What the client reads, as the API describes it. */
export type ApplicationView = ApplicationAnswer;
export type ReviewTaskView = ReviewTaskAnswer;
export type Reason = AnswerOf<typeof REASON>;

/** Half a minute in all: a service that has died is up again by then. */
const TRIES = 20;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
const RENEW_BEFORE_MS = 60_000;

const isFile = (body: unknown): body is FileBody => typeof body === 'object' && body !== null && 'bytes' in body && body.bytes instanceof Uint8Array;

function contentTypeOf(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-type': isFile(body) ? body.mediaType : 'application/json' };
}

/** A client of the public REST, as a partner's or the staff's front end would be one: everything it does goes over HTTP. */
export class GatewayClient extends ApiClient {
  readonly #agent = new Agent({ connections: 64, keepAliveTimeout: 10_000 });
  #token: { readonly value: string; readonly renewAt: number } | undefined;
  #asking: Promise<string> | undefined;
  #refusal: GatewayProblem | undefined;
  readonly #urls: readonly string[];
  #calls = 0;

  /** `urls`: the gateway's, or those of all of its instances, which are asked in turn. */
  constructor(
    urls: string | readonly string[],
    private readonly clientId: string,
    private readonly clientSecret: string,
  ) {
    super();
    this.#urls = typeof urls === 'string' ? [urls] : urls;
  }

  /** Bearer token, got once and again before it runs out. A secret that was refused is never shown again: the next tries would lock the client out. */
  async token(): Promise<string> {
    if (this.#refusal) throw this.#refusal;
    if (this.#token && performance.now() < this.#token.renewAt) return this.#token.value;
    this.#asking ??= this.#login().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #login(): Promise<string> {
    const body = { grant_type: 'client_credentials', client_id: this.clientId, client_secret: this.clientSecret };
    try {
      const answer = await this.#exchange<{ access_token: string; expires_in: number }>('POST', '/v1/oauth/token', body, {});
      this.#token = { value: answer.access_token, renewAt: performance.now() + answer.expires_in * 1_000 - RENEW_BEFORE_MS };
      return answer.access_token;
    } catch (error) {
      if (error instanceof GatewayProblem && error.code === 'INVALID_CLIENT') this.#refusal = error;
      throw error;
    }
  }

  /** One call with the token by its address; tries again where the gateway is busy or away, which is free as every write names itself. */
  async call<T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#exchange<T>(method, path, body, { authorization: `Bearer ${await this.token()}` });
      } catch (error) {
        // The gateway's clock decides when a token has run out, and it may be ahead of ours.
        const expired = error instanceof GatewayProblem && error.status === 401 && error !== this.#refusal && attempt === 1;
        if (expired) this.#token = undefined;
        const passing = expired || !(error instanceof GatewayProblem) || error.status === 429 || error.status >= 502;
        if (!passing || attempt === TRIES) throw error;
        await delay(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS));
      }
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #exchange<T>(method: 'GET' | 'PUT' | 'POST', path: string, body: unknown, headers: Record<string, string>): Promise<T> {
    const url = this.#urls[this.#calls++ % this.#urls.length];
    const answer = await request(new URL(path, url), {
      dispatcher: this.#agent,
      method,
      headers: { ...headers, ...contentTypeOf(body) },
      body: body === undefined ? null : isFile(body) ? body.bytes : JSON.stringify(body),
    });
    const text = await answer.body.text();
    const content = text === '' ? undefined : (JSON.parse(text) as { code?: string; title?: string; detail?: string; errors?: unknown });
    if (answer.statusCode < 400) return content as T;
    const { code = 'UNKNOWN', title = '', detail = '', errors } = content ?? {};
    throw new GatewayProblem(answer.statusCode, code, [title, detail, errors ? JSON.stringify(errors) : ''].filter(Boolean).join(' '));
  }
}
