import { readFileSync } from 'node:fs';
import { OAUTH_ERROR, PROBLEM, ROUTES, TAGS, type Description, type Route } from '@millrace/contracts/api';
import { STAFF_ROLES } from '@millrace/service';
import type { OpenAPIObject } from '@nestjs/swagger';
import { headerComponents } from './answer-headers.js';
import { describeOperation, type SharedAnswers } from './describe-operation.js';
import { addSchema, type Schemas } from './describe-schema.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

const DESCRIPTION = `Lending to micro and small enterprises, from the application to the last repayment.

- **Access**: get a token with \`POST /v1/oauth/token\` and send it as \`authorization: Bearer …\`. Partners see the applications of their own organisation; another's answers 404.
- **Writing**: make a UUIDv7 and \`PUT\` under it. The same id with the same content gives the same answer again, so a retry is free; other content answers 409 \`ID_REUSED\`.
- **Money** is whole fen as a decimal string, instants are UTC, days are those of Asia/Shanghai.
- **Errors** are \`application/problem+json\` with a stable \`code\`.
- **Language**: \`accept-language: zh-CN\` or \`en\` chooses that of every sentence (reasons, steps, titles and details of problems); codes are the same in both.
- **Polling**: every \`GET\` with a token answers an \`etag\`; sent back as \`if-none-match\`, it gives 304 while nothing has changed.
- **Versions**: \`/v1\` gets additions only, so read past fields and values that you do not know.`;

const SCOPES: Readonly<Record<string, string>> = {
  partner: 'A partner; it sees the applications of its own organisation.',
  ...Object.fromEntries(STAFF_ROLES.map((role) => [role, `Staff of the lender in the role ${role}.`])),
};

/** Path as OpenAPI writes it. */
const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

function pathsOf(routes: readonly Route[], shared: SharedAnswers): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeOperation(route, shared) };
  }
  return paths;
}

function schemasOf(routes: readonly Route[]): Schemas {
  const schemas: Schemas = new Map();
  const added = new Map<string, Description>();
  for (const description of [PROBLEM, OAUTH_ERROR]) addSchema(schemas, description, added);
  for (const { answers, body } of routes) {
    for (const answer of Object.values(answers)) addSchema(schemas, answer.body, added);
    if (body) addSchema(schemas, body, added);
  }
  return schemas;
}

const SECURITY_SCHEMES = {
  token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token; `scope` in it says which operations it opens.' },
  client: {
    type: 'oauth2',
    description: 'Client credentials; the roles of the client are the scopes of its tokens, and none is asked for.',
    flows: { clientCredentials: { tokenUrl: '/v1/oauth/token', scopes: SCOPES } },
  },
};

/** The OpenAPI document of the public API, from its descriptions and the access table. */
export function buildDocument(): OpenAPIObject {
  const shared: SharedAnswers = new Map();
  const paths = pathsOf(ROUTES, shared);
  return {
    openapi: '3.1.0',
    info: { title: 'Millrace', description: DESCRIPTION, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/', description: 'This installation.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries(schemasOf(ROUTES)),
      responses: Object.fromEntries(shared),
      headers: headerComponents(),
      securitySchemes: SECURITY_SCHEMES,
    },
    security: [{ token: [] }, { client: [] }],
  } as unknown as OpenAPIObject;
}
