import { readFileSync } from 'node:fs';
import { ROUTES } from '@millrace/contracts/api';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { ACCESS_TABLE } from '../access/access-table.js';
import { gateway } from '../gateway.module.js';
import { OPENAPI_FILE, renderDocument } from './render-document.js';

interface Media {
  readonly schema: object;
  readonly example: unknown;
}
interface Answered {
  readonly description: string;
  readonly headers?: object;
  readonly content?: Record<string, Media>;
}
interface Operation {
  readonly operationId: string;
  readonly tags: string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: { name: string; description: string; schema: object; example: unknown }[];
  readonly requestBody?: { content: Record<string, Media> };
  readonly responses: Record<string, Answered | { $ref: string }>;
  readonly security: Record<string, string[]>[];
}
interface Schema {
  readonly description: string;
  readonly properties: Record<string, { description?: string; examples?: unknown[]; $ref?: string; anyOf?: object[]; items?: { $ref?: string } }>;
}
interface Document {
  readonly openapi: string;
  readonly info: { version: string };
  readonly servers: { url: string }[];
  readonly tags: { name: string; description: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Schema>; responses: Record<string, Answered>; headers: Record<string, object> };
}

const text = renderDocument();
const document = JSON.parse(text) as Document;
const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
const answeredBy = (answer: Operation['responses'][string]): Answered =>
  '$ref' in answer ? document.components.responses[answer.$ref.split('/').at(-1)!]! : answer;

test('docs/openapi.json is current; services/gateway/src/write-openapi.ts writes it', () => {
  expect(readFileSync(OPENAPI_FILE, 'utf8') === text).toBe(true);
});

test.each(['schemas', 'responses', 'headers'] as const)('every reference leads to one of the %s, and every one is used', (kind) => {
  const references = new Set([...text.matchAll(new RegExp(`"#/components/${kind}/([^"]*)"`, 'g'))].map(([, name]) => name));
  expect([...references].sort()).toEqual(Object.keys(document.components[kind]).sort());
});

test('it is 3.1, of the product’s version, and says where it is served and what its tags mean', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect([document.openapi, document.info.version, document.servers[0]?.url]).toEqual(['3.1.0', version, '/']);
  expect(new Set(operations.flatMap(({ tags }) => tags))).toEqual(new Set(document.tags.map(({ name }) => name)));
});

test('every route of the gateway is described, and every description is a route of the gateway', () => {
  const METHODS = ['GET', 'POST', 'PUT'];
  const served = gateway.controllers.flatMap((controller) => {
    const prefix = Reflect.getMetadata('path', controller) as string;
    return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const handler = (controller.prototype as Record<string, object>)[name]!;
      const method = Reflect.getMetadata('method', handler) as number | undefined;
      if (method === undefined) return [];
      return [
        `${METHODS[method]} /${[prefix, Reflect.getMetadata('path', handler) as string]
          .flatMap((part) => part.split('/'))
          .filter(Boolean)
          .join('/')}`,
      ];
    });
  });
  // The bare address is for people who look, not for clients.
  const described = ROUTES.map(({ method, path }) => `${method} ${path}`);
  expect(served.filter((route) => route !== 'GET /').sort()).toEqual(described.sort());
  expect(Object.keys(ACCESS_TABLE).sort()).toEqual(described.sort());
  expect(gateway.produces).toEqual([]);
});

test('R-OP-06: an operation has the scopes that the access table lets in, each of which is enough', () => {
  for (const { method, path, name } of ROUTES) {
    const access = ACCESS_TABLE[`${method} ${path}`]!;
    const { security } = operations.find(({ operationId }) => operationId === name)!;
    const scopes = access.open ? [] : [...(access.partner ? ['partner'] : []), ...access.roles];
    expect([name, security]).toEqual([name, access.open ? [{}] : scopes.flatMap((scope) => [{ client: [scope] }, { token: [scope] }])]);
  }
});

test('every operation has sentences, an answer with a schema and an example, headers, and problems with their codes', () => {
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { operationId, summary, description, parameters = [], responses } of operations) {
    expect([operationId, summary.length > 0, description.endsWith('.')]).toEqual([operationId, true, true]);
    for (const parameter of parameters)
      expect([operationId, parameter.name, parameter.description.length > 0, 'example' in parameter]).toEqual([operationId, parameter.name, true, true]);
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect([operationId, good.length > 0]).toEqual([operationId, true]);
    // A file has its own media types; everything else is JSON.
    for (const [, answer] of good) {
      const content = answeredBy(answer).content ?? {};
      expect(content['application/json'] ?? content['application/pdf']).toMatchObject({ schema: expect.anything(), example: expect.anything() });
    }
    // The token address answers as OAuth libraries read it (RFC 6749).
    const ofProblems = operationId === 'token_issue' ? 'application/json' : 'application/problem+json';
    expect(answeredBy(responses['429']!).content).toHaveProperty([ofProblems]);
    expect(Object.keys(answeredBy(responses['429']!).headers ?? {})).toEqual(expect.arrayContaining(['retry-after', 'ratelimit', 'ratelimit-policy']));
  }
});

test('every field of every schema has a meaning and an example', () => {
  const bare = Object.entries(document.components.schemas).flatMap(([name, { description, properties }]) => [
    ...(description ? [] : [name]),
    ...Object.entries(properties).flatMap(([field, schema]) => {
      const nested = schema.$ref ?? schema.items?.$ref ?? (schema.anyOf ? 'one of' : undefined);
      return schema.description && (nested || schema.examples?.length) ? [] : [`${name}.${field}`];
    }),
  ]);
  expect(bare).toEqual([]);
});

test('every example is what its schema says', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const faults = operations.flatMap(({ operationId, requestBody, responses, parameters = [] }) => {
    const medias = [...Object.values(responses).map((answer) => answeredBy(answer).content ?? {}), requestBody?.content ?? {}].flatMap((content) =>
      Object.values(content),
    );
    const values = [...medias.map(({ schema, example }) => [schema, example] as const), ...parameters.map(({ schema, example }) => [schema, example] as const)];
    return values.flatMap(([schema, example]) => {
      const absolute = '$ref' in schema ? { $ref: `document${(schema as { $ref: string }).$ref}` } : schema;
      return ajv.validate(absolute, example) ? [] : [`${operationId}: ${ajv.errorsText()} ${JSON.stringify(example).slice(0, 80)}`];
    });
  });
  expect(faults).toEqual([]);
});
