import { addressOfCall, type BodyArgument } from '@millrace/client';
import { ISSUE_TOKEN, type ParametersOf, type ReplyOf, type Route } from '@millrace/contracts/api';
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

  /** Asks for a described route: parameters, body and answer have the types of its description. */
  async ask<R extends Route>(route: R, parameters: ParametersOf<R>, ...[body]: BodyArgument<R>): Promise<RestAnswer<ReplyOf<R>>> {
    this.#token ??= await this.#newToken();
    const answer = await this.#send<ReplyOf<R>>(route.method, addressOfCall(route, parameters), body, { authorization: `Bearer ${this.#token ?? ''}` });
    // A token runs out by the simulated clock, which may have jumped.
    if (answer.status === 401) this.#token = undefined;
    return answer;
  }

  async #newToken(): Promise<string | undefined> {
    const { status, body } = await this.#send<ReplyOf<typeof ISSUE_TOKEN>>(
      ISSUE_TOKEN.method,
      ISSUE_TOKEN.path,
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
