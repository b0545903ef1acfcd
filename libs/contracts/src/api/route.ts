import type { AnswerOf, Description, Fields, ValuesOf } from './field.js';

/** Services behind the gateway that answer a route. */
export type OwnerName = 'loan-application' | 'kyc-antifraud' | 'scoring' | 'disbursement' | 'post-loan-monitoring';

/** Groups of the API's page, with a sentence each. */
export const TAGS = {
  Access: 'Tokens, the keys that they are checked with, and where an OAuth client finds both.',
  Products: 'What a firm can apply for.',
  Applications: 'From the application to its decision.',
  'Offer and contract': 'From the offer to the signed contract, and to another account where the bank has refused one.',
  Loans: 'Loan accounts: what is owed, what was paid, and the books behind them.',
  Reports: 'The whole book by day: balances, non-performing loans and provisions, vintages, roll rates, first payments.',
  Timeline: 'Every step of an application and its loan, as it can be told to the applicant.',
  Staff: 'For the lender’s own people: what lies behind a decision, and the work that waits for them.',
  'Event schemas': 'JSON Schemas of the events.',
} as const;

/** Problems that only this route answers, by status and code, each with the sentence that says when. */
export type Problems = Readonly<Record<number, Readonly<Record<string, string>>>>;

/**
 * One route of the public API. The gateway makes its handler, its checks of a request and what leaves it from this, and so are the OpenAPI document
 * and the client. Who may call it stands in the gateway's access table, under the same method and path.
 */
export interface Route {
  /** Name of the operation; the OpenAPI document's `operationId`. */
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Path at the gateway; `:name` is an id. A write makes what the last id names. */
  readonly path: string;
  /** Where the gateway hands it on, with the same ids; absent where the gateway answers by itself. */
  readonly owner?: { readonly service: OwnerName; readonly path: string };
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Fields;
  readonly body?: Description;
  /** The body is a file of one of these types instead, as it is. */
  readonly file?: { readonly mediaTypes: readonly string[]; readonly maxBytes: number };
  /** The usual answer is a file of one of these types; `answers` says what it is of. */
  readonly sendsFile?: readonly string[];
  /** Answer by status; the first is the usual one. */
  readonly answers: Readonly<Record<number, Answer>>;
  readonly problems?: Problems;
  /** List of the usual answer whose rows can be asked for as CSV, with `format=csv` in the query or `accept: text/csv`. */
  readonly csv?: string;
  /** Address of what a write has made, or of where to ask for its outcome: sent as `location` with 201 and 202. */
  readonly location?: string;
}

/** One status of a route, with what it means. */
export interface Answer {
  readonly meaning: string;
  readonly body: Description;
}

/** Describes a route; its type keeps path, query, body and answers, which the client is typed by. */
export function describeRoute<const R extends Route>(route: R): R {
  return route;
}

type IdNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}` ? Name | IdNames<Rest> : P extends `${string}:${infer Name}` ? Name : never;
type QueryOf<R extends Route> = R extends { readonly query: infer Q extends Fields } ? { readonly [K in keyof Q]?: string | number | undefined } : unknown;

/** Ids of the path and parameters of the query, in one object, as no name is used for both. */
export type ParametersOf<R extends Route> = { readonly [K in IdNames<R['path']>]: string } & QueryOf<R>;

/** A file as a client sends it. */
export interface FileBody {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Body that a route takes; undefined where it takes none. */
export type BodyOf<R extends Route> = R extends { readonly body: infer D extends Description }
  ? AnswerOf<D>
  : R extends { readonly file: object }
    ? FileBody
    : undefined;

type AnswersOf<R extends Route> = R['answers'][keyof R['answers']];

/** What a route answers, whatever the status. */
export type ReplyOf<R extends Route> = AnswersOf<R> extends infer A ? (A extends { readonly body: Description<infer F> } ? ValuesOf<F> : never) : never;

/** Path with its ids in place. */
export function fillPath(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
}

/** Names of the ids in a path, in order. */
export function idsOf(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
}

/** Address of a call: the path with its ids in place, and the parameters that are given as its query. */
export function addressOf(route: Route, parameters: Readonly<Record<string, string | number | undefined>>): string {
  const ids = Object.fromEntries(idsOf(route.path).map((name) => [name, String(parameters[name])]));
  const given = Object.keys(route.query ?? {}).filter((name) => parameters[name] !== undefined);
  const query = new URLSearchParams(given.map((name): [string, string] => [name, String(parameters[name])])).toString();
  return `${fillPath(route.path, ids)}${query === '' ? '' : `?${query}`}`;
}
