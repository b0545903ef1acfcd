import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { TOKEN_PATH } from '../token/oauth-errors.js';
import { TokenProblemDto } from '../token/token.dto.js';
import { ProblemDto } from './problem.dto.js';

const METHODS = ['get', 'put', 'post'] as const;
type Problems = Readonly<Record<string, string>>;

/** Answers of the gateway itself, beside those of a route. */
const ANY_ROUTE: Problems = {
  405: 'The address offers other methods; `allow` names them.',
  429: 'Too many requests; `retry-after` says when to go on.',
};
const WITH_TOKEN: Problems = {
  401: 'The token is missing, expired or not valid.',
  403: 'The role does not allow this.',
  502: 'A part of the system failed.',
  503: 'A part of the system is away; send the same request again after `retry-after` seconds.',
  504: 'A part of the system did not answer in time; send the same request again.',
};
const WITH_ID: Problems = { 400: 'The request is not well-formed.', 404: 'There is no such thing, or not for this client.' };
const WITH_QUERY: Problems = { 400: 'A parameter is unknown or not well-formed.' };
const WITH_BODY: Problems = { 400: 'The request is not well-formed.', 413: 'The body is larger than 1 MiB.', 415: 'The body is not JSON.' };
const WRITING: Problems = {
  409: 'The id names other content, or the status does not allow it now.',
  422: 'The request is understood and refused.',
};

function addProblems(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    const isToken = path === TOKEN_PATH;
    const schema = { $ref: `#/components/schemas/${isToken ? TokenProblemDto.name : ProblemDto.name}` };
    const content = { [isToken ? 'application/json' : 'application/problem+json']: { schema } };
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      for (const response of Object.values(operation.responses)) if (response && 'description' in response) response.description ||= 'As asked for.';
      const problems = {
        ...ANY_ROUTE,
        ...(operation.security ? {} : WITH_TOKEN),
        ...(operation.parameters?.length ? WITH_QUERY : {}),
        ...(path.includes('{') ? WITH_ID : {}),
        ...(operation.requestBody ? WITH_BODY : {}),
        ...(method === 'put' ? WRITING : {}),
      };
      for (const [status, description] of Object.entries(problems)) operation.responses[status] ??= { description, content };
    }
  }
}

/** Version 7 with the variant of RFC 9562, as ids of what clients make have to be. */
const UUID_V7 = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$';

function nameIds(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      for (const parameter of item[method]?.parameters ?? []) {
        if (!('in' in parameter) || parameter.in !== 'path') continue;
        parameter.schema = { type: 'string', format: 'uuid' };
        // A write names what it makes by the last part of its address.
        if (method !== 'put' || !path.endsWith(`{${parameter.name}}`)) continue;
        parameter.schema = { ...parameter.schema, pattern: UUID_V7 };
        parameter.description = 'A UUIDv7 that the client makes; the same for every retry.';
      }
    }
  }
}

/** Schemas of 3.0 say `nullable`, those of 3.1 name null among the types. */
function namingNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(namingNull);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, namingNull(inner)]));
  if (nullable !== true) return rest;
  const { type, enum: values, allOf, ...more } = rest;
  if (allOf) return { ...more, anyOf: [...(allOf as unknown[]), { type: 'null' }] };
  return { ...more, type: [type, 'null'], ...(values ? { enum: [...(values as unknown[]), null] } : {}) };
}

/** What the decorators of routes say that no description has yet. */
export function nestDocument(app: INestApplication, described: ReadonlySet<string>): OpenAPIObject {
  const config = new DocumentBuilder().build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemDto],
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '').replace(/^./, (first) => first.toLowerCase())}_${method}`,
  });
  // Routes of libs/service are for operators, not for clients.
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/')));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) if (described.has(`${method} ${path}`)) delete item[method];
    if (!METHODS.some((method) => item[method])) delete document.paths[path];
  }
  nameIds(document);
  addProblems(document);
  return namingNull(document) as OpenAPIObject;
}
