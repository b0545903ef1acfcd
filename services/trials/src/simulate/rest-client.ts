import { request } from 'undici';

/** Answer of one call; 0 where none came. */
export interface RestAnswer<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string; readonly detail?: string };
}

/** One client of the gateway that tries once: when it tries again is a step of the simulation. */
export class RestClient {
  #token: string | undefined;

  constructor(
    private readonly url: string,
    private readonly clientId: string,
    private readonly clientSecret: string,
  ) {}

  async call<T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<RestAnswer<T>> {
    this.#token ??= await this.#newToken();
    const answer = await this.#send<T>(method, path, body, { authorization: `Bearer ${this.#token ?? ''}` });
    // A token runs out by the simulated clock, which may have jumped.
    if (answer.status === 401) this.#token = undefined;
    return answer;
  }

  async #newToken(): Promise<string | undefined> {
    const { status, body } = await this.#send<{ access_token: string }>(
      'POST',
      '/v1/oauth/token',
      { grant_type: 'client_credentials', client_id: this.clientId, client_secret: this.clientSecret },
      {},
    );
    return status === 200 ? body.access_token : undefined;
  }

  async #send<T>(method: 'GET' | 'PUT' | 'POST', path: string, body: unknown, headers: Record<string, string>): Promise<RestAnswer<T>> {
    try {
      const answer = await request(new URL(path, this.url), {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: (text === '' ? {} : JSON.parse(text)) as RestAnswer<T>['body'] };
    } catch {
      return { status: 0, body: {} as RestAnswer<T>['body'] };
    }
  }
}
