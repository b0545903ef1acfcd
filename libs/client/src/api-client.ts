import { addressOf, type BodyOf, type ParametersOf, type ReplyOf, type Route } from '@millrace/contracts/api';

/** A refusal of the gateway, with its stable code. */
export class GatewayProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${code} (${status}): ${detail}`);
  }
}

/** Body of a described route as the last argument; no argument where the route takes none. */
export type BodyArgument<R extends Route> = BodyOf<R> extends undefined ? [] : [body: BodyOf<R>];

/** Address of a call of a described route. */
export function addressOfCall<R extends Route>(route: R, parameters: ParametersOf<R>): string {
  return addressOf(route, parameters as Readonly<Record<string, string | number | undefined>>);
}

/** Asks for described routes, whatever carries the calls: path, parameters, body and answer have the types of the description. */
export abstract class ApiClient {
  /**
   * One call by its address, which the crooked requests of trials need.
   * @throws GatewayProblem for a refusal
   */
  abstract call<T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T>;

  /**
   * Asks for a described route.
   * @throws GatewayProblem for a refusal
   */
  async ask<R extends Route>(route: R, parameters: ParametersOf<R>, ...[body]: BodyArgument<R>): Promise<ReplyOf<R>> {
    if (route.method === 'POST') throw new Error(`${route.name} is asked for with a secret, not with a token`);
    return this.call<ReplyOf<R>>(route.method, addressOfCall(route, parameters), body);
  }
}
