import { readFileSync } from 'node:fs';
import { gateway } from '../gateway.module.js';
import { OPENAPI_FILE, renderDocument } from './render-document.js';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

let text: string;
let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };
let operations: Operation[];

beforeAll(async () => {
  text = await renderDocument();
  document = JSON.parse(text) as typeof document;
  operations = Object.values(document.paths).flatMap((item) => Object.values(item));
});

test('docs/openapi.json is current; services/gateway/src/write-openapi.ts writes it', () => {
  expect(readFileSync(OPENAPI_FILE, 'utf8') === text).toBe(true);
});

test('every reference leads to a schema, and every schema is used', () => {
  const references = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(([, name]) => name));
  expect([...references].sort()).toEqual(Object.keys(document.components.schemas).sort());
});

test('every route has a name of its own, a sentence, an answer with a schema, and problems', () => {
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { operationId, summary, responses } of operations) {
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect({ operationId, summary: summary.length > 0, good: good.length > 0 }).toEqual({ operationId, summary: true, good: true });
    for (const [, { content }] of good) expect(content?.['application/json']?.schema).toBeDefined();
    // The token address answers as OAuth libraries read it (RFC 6749 §5.2).
    const ofProblems = operationId === 'token_issue' ? 'application/json' : 'application/problem+json';
    expect(responses['429']?.content).toHaveProperty([ofProblems]);
  }
});

test('the whole public API is described', () => {
  expect(document.openapi).toBe('3.1.0');
  const application = '/v1/loan-applications/{applicationId}';
  const parts = ['cancellations/{cancellationId}', 'history', 'offer', 'offer-acceptances/{acceptanceId}', 'offer-declines/{declineId}', 'contract'];
  const more = ['signatures/{signatureId}', 'timeline', 'verification', 'scores', 'payouts'];
  const loan = ['/schedule', '/repayments', '/repayments/{repaymentId}', '/journal', '/timeline', ''].map((part) => `/v1/loans/{loanId}${part}`);
  const tasks = ['', '/{reviewTaskId}', '/{reviewTaskId}/decisions/{decisionId}'].map((part) => `/v1/review-tasks${part}`);
  const rest = ['/v1/oauth/token', '/v1/.well-known/jwks.json', '/v1/products', '/v1/loan-applications', application, ...loan, ...tasks];
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining([...rest, ...[...parts, ...more].map((part) => `${application}/${part}`)]));
  expect(Object.keys(document.paths).filter((path) => !path.startsWith('/v1/'))).toEqual([]);
  expect(gateway.produces).toEqual([]);
});
