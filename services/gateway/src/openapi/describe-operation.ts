import { idsOf, OAUTH_ERROR, PROBLEM, type Description, type Field, type JsonSchema, type Route } from '@millrace/contracts/api';
import { csvOf, rowsOf } from '../described/csv-rows.js';
import { accessTo } from '../access/access-table.js';
import { TOKEN_PATH } from '../token/oauth-errors.js';
import { ANSWER_HEADERS, headersOf } from './answer-headers.js';
import { exampleOf, schemaOf } from './describe-schema.js';
import { generalProblems, type ProblemsByStatus } from './general-problems.js';
import { PATH_PARAMETERS, UUID_V7 } from './path-parameters.js';

/** The one address that answers as OAuth libraries read it (RFC 6749). */
const isTokenRoute = ({ path }: Route): boolean => path === TOKEN_PATH;

function contentOf(body: Description, mediaTypes: readonly string[]): Record<string, object> {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: schemaRef(body.name), example: exampleOf(body) }]));
}

/** Content of files: bytes as they are, for which OpenAPI has a string of a media type. */
const binary = (mediaTypes: readonly string[]): Record<string, object> =>
  Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string', contentMediaType: mediaType }, example: 'bytes of the file' }]));

/** Answers that many routes give, by name. */
export type SharedAnswers = Map<string, object>;

const schemaRef = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** An id of the path; that of what a write makes is a UUIDv7 of the client's. */
function pathParameter(route: Route, name: string, isNew: boolean): object {
  const parameter = PATH_PARAMETERS[name];
  if (!parameter) throw new Error(`${route.name}: path-parameters.ts has no meaning for ${name}`);
  const { meaning, schema, example } = parameter;
  return {
    name,
    in: 'path',
    required: true,
    description: isNew ? `${meaning} A UUIDv7 that the client makes; the same for every retry.` : meaning,
    schema: { ...schema, ...(isNew ? { pattern: UUID_V7 } : {}) },
    example,
  };
}

function queryParameter(name: string, field: Field): object {
  const { description, examples, ...schema } = schemaOf(field);
  return { name, in: 'query', required: !field.spec.optional, description, schema, example: (examples as unknown[])[0] };
}

function parametersOf(route: Route): object[] {
  const ids = idsOf(route.path);
  return [
    ...ids.map((name, at) => pathParameter(route, name, route.method === 'PUT' && at === ids.length - 1)),
    ...Object.entries(route.query ?? {}).map(([name, field]) => queryParameter(name, field)),
  ];
}

function answersOf(route: Route): Record<string, object> {
  const rows = rowsOf(route);
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, { meaning, body }]) => [
      status,
      {
        description: meaning,
        headers: headersOf(ANSWER_HEADERS.filter(({ on }) => on(route, Number(status)))),
        content: {
          ...(route.sendsFile ? binary(route.sendsFile) : { 'application/json': { schema: schemaRef(body.name), example: exampleOf(body) } }),
          ...(rows && status === '200' ? { 'text/csv': { schema: { type: 'string' }, example: csvOf(rows, [exampleOf(rows)]) } } : {}),
        },
      },
    ]),
  );
}

/** Problems by status, those of the route after those that many routes have. */
function problemsOf(route: Route): ProblemsByStatus {
  const all: Record<string, Record<string, string>> = {};
  for (const problems of [generalProblems(route), route.problems ?? {}])
    for (const [status, codes] of Object.entries(problems)) all[status] = { ...all[status], ...codes };
  return all;
}

function problemAnswer(route: Route, status: string, codes: Readonly<Record<string, string>>): object {
  const oauth = isTokenRoute(route);
  const description = oauth ? OAUTH_ERROR : PROBLEM;
  const [code = '', title = ''] = Object.entries(codes)[0] ?? [];
  const type = `https://millrace.dev/problems/${code.toLowerCase().replaceAll('_', '-')}`;
  const example = { ...exampleOf(description), type, title, status: Number(status), code };
  return {
    description: Object.entries(codes)
      .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
      .join('\n'),
    headers: headersOf(ANSWER_HEADERS.filter(({ on }) => on(route, Number(status)))),
    content: { [oauth ? 'application/json' : 'application/problem+json']: { schema: schemaRef(description.name), example } },
  };
}

/** Problems of a route; those that many routes have alike are kept once, under the status and their codes. */
function problemAnswers(route: Route, shared: SharedAnswers): Record<string, object> {
  const answers = Object.entries(problemsOf(route)).map(([status, codes]): [string, object] => {
    if (isTokenRoute(route) || route.problems?.[Number(status)]) return [status, problemAnswer(route, status, codes)];
    const name = [status, ...Object.keys(codes)].join('-');
    if (!shared.has(name)) shared.set(name, problemAnswer(route, status, codes));
    return [status, { $ref: `#/components/responses/${name}` }];
  });
  return Object.fromEntries(answers);
}

/** Who may call, as scopes: each alternative is enough (OpenAPI takes the scopes of one alternative together). */
function securityOf({ method, path }: Route): object[] {
  const access = accessTo(method, path);
  if (access?.open) return [{}];
  const scopes = [...(access?.partner ? ['partner'] : []), ...(access?.roles ?? [])];
  return scopes.flatMap((scope) => [{ client: [scope] }, { token: [scope] }]);
}

/** The operation of a route in the document; what it shares with others goes into `shared`. */
export function describeOperation(route: Route, shared: SharedAnswers): object {
  const { name, tag, summary, description, body, file, method } = route;
  const note = accessTo(method, route.path)?.note;
  const parameters = parametersOf(route);
  const notModified = method === 'GET' && !accessTo(method, route.path)?.open;
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: [description ?? `${summary}.`, ...(note ? [`Inside the answer: ${note}.`] : [])].join('\n\n'),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: contentOf(body, isTokenRoute(route) ? ['application/x-www-form-urlencoded', 'application/json'] : ['application/json']),
          },
        }
      : {}),
    ...(file ? { requestBody: { required: true, description: `At most ${file.maxBytes} bytes.`, content: binary(file.mediaTypes) } } : {}),
    responses: {
      ...answersOf(route),
      ...(notModified
        ? {
            304: {
              description: 'The answer is the one whose `etag` was sent as `if-none-match`.',
              headers: headersOf(ANSWER_HEADERS.filter(({ on }) => on(route, 304))),
            },
          }
        : {}),
      ...problemAnswers(route, shared),
    },
    security: securityOf(route),
  };
}
