import type { JsonSchema, Route } from '@millrace/contracts/api';
import { LANGUAGES } from '@millrace/reasons';
import { isOpen } from '../access/security-headers.js';
import { accessTo } from '../access/access-table.js';

/** A header of an answer, and on which answers it comes. */
interface AnswerHeader {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly example: string | number;
  readonly on: (route: Route, status: number) => boolean;
}

const always = (): boolean => true;
const whole: JsonSchema = { type: 'integer', minimum: 0 };
const text: JsonSchema = { type: 'string' };

/** Every header that a client can use. */
export const ANSWER_HEADERS: readonly AnswerHeader[] = [
  {
    name: 'ratelimit-policy',
    description: 'Requests that may come in a window of seconds, by client or, without a token, by address.',
    schema: text,
    example: '"client";q=6000;w=60',
    on: always,
  },
  { name: 'ratelimit', description: 'Requests that are left, and seconds until the window ends.', schema: text, example: '"client";r=5999;t=42', on: always },
  { name: 'ratelimit-limit', description: 'As `q` of `ratelimit-policy`, for older clients.', schema: whole, example: 6000, on: always },
  { name: 'ratelimit-remaining', description: 'As `r` of `ratelimit`, for older clients.', schema: whole, example: 5999, on: always },
  { name: 'ratelimit-reset', description: 'As `t` of `ratelimit`, for older clients.', schema: whole, example: 42, on: always },
  {
    name: 'retry-after',
    description: 'Seconds after which the same request may be sent again.',
    schema: whole,
    example: 5,
    on: (_, status) => status === 429 || status === 503,
  },
  {
    name: 'www-authenticate',
    description: 'How to authenticate, and what is wrong with what was sent.',
    schema: text,
    example: 'Bearer realm="millrace", error="invalid_token"',
    on: (_, status) => status === 401,
  },
  { name: 'allow', description: 'Methods that the address offers.', schema: text, example: 'GET, PUT', on: (_, status) => status === 405 },
  {
    name: 'location',
    description: 'Address of what was made, or where to ask what has come of it.',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/loan-applications/019cac3d-9a80-7000-8000-5a3c1d2e4f60',
    on: ({ location }, status) => location !== undefined && (status === 201 || status === 202),
  },
  {
    name: 'content-language',
    description: 'Language of the sentences of this answer, as `accept-language` asks for it: `en` or `zh-CN`.',
    schema: { type: 'string', enum: [...LANGUAGES] },
    example: 'en',
    on: ({ path }) => !isOpen(path),
  },
  {
    name: 'etag',
    description: 'Weak tag of this answer; sent as `if-none-match`, it gives 304 while the answer is the same.',
    schema: text,
    example: 'W/"k5Tn0pXJ4mW8uQ2bYc7dEg"',
    on: ({ method, path }, status) => method === 'GET' && (status === 200 || status === 304) && !accessTo(method, path)?.open,
  },
];

/** Headers by name, as references into the components. */
export function headersOf(headers: readonly AnswerHeader[]): Record<string, object> {
  return Object.fromEntries(headers.map(({ name }) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The components themselves. */
export function headerComponents(): Record<string, object> {
  return Object.fromEntries(ANSWER_HEADERS.map(({ name, description, schema, example }) => [name, { description, schema, example }]));
}
