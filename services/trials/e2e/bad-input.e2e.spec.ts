import { applicationOf, type SandboxFirm } from '@millrace/client';
import { newId } from '@millrace/contracts';
import type { Answer } from '../src/stage/stage.js';
import { Lender } from './lender.js';
import { S01_FIRM } from '../src/stage/scenario-firms.js';

// Goal: every bad input has its problem code, changes nothing, and leaves its id free for the corrected request (M-EV-07).
const lender = new Lender();
let firm: SandboxFirm;

beforeAll(async () => {
  await lender.start();
  firm = await lender.firm('bad-input', S01_FIRM);
}, 60_000);
afterAll(() => lender.stop());

function expectProblem({ status, headers, body }: Answer, expected: { status: number; code: string }): void {
  expect({ status, code: body.code }).toEqual(expected);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ type: expect.stringMatching(/^https:\/\//), title: expect.any(String), status, instance: expect.stringMatching(/^\/v1\//) });
}

const valid = (): Record<string, unknown> => applicationOf(firm, lender.clock.now());
const submit = (body: unknown, id: string = newId()): Promise<Answer> => lender.call('demo-partner', 'PUT', `/v1/loan-applications/${id}`, body);

test.each<[string, (body: Record<string, unknown>) => unknown, { status: number; code: string }]>([
  ['an unknown field', (body) => ({ ...body, colour: 'red' }), { status: 400, code: 'VALIDATION_FAILED' }],
  ['an unknown field inside', (body) => ({ ...body, company: { ...(body['company'] as object), ceo: 'x' } }), { status: 400, code: 'VALIDATION_FAILED' }],
  ['a number instead of a string', (body) => ({ ...body, requestedAmountMinor: 30_000_000 }), { status: 400, code: 'VALIDATION_FAILED' }],
  ['a string instead of a number', (body) => ({ ...body, tenorMonths: 'twelve' }), { status: 400, code: 'VALIDATION_FAILED' }],
  ['a list instead of an object', (body) => ({ ...body, company: [] }), { status: 400, code: 'VALIDATION_FAILED' }],
  ['null for a required object', (body) => ({ ...body, legalRepresentative: null }), { status: 400, code: 'VALIDATION_FAILED' }],
  ['no body at all', () => ({}), { status: 400, code: 'VALIDATION_FAILED' }],
  ['a negative amount', (body) => ({ ...body, requestedAmountMinor: '-30000000' }), { status: 422, code: 'AMOUNT_NEGATIVE' }],
  ['fractions of a fen', (body) => ({ ...body, requestedAmountMinor: '30000000.5' }), { status: 422, code: 'AMOUNT_NOT_WHOLE_FEN' }],
  ['an amount above the product', (body) => ({ ...body, requestedAmountMinor: '300010000' }), { status: 422, code: 'AMOUNT_OUT_OF_RANGE' }],
  ['an amount below the product', (body) => ({ ...body, requestedAmountMinor: '0' }), { status: 422, code: 'AMOUNT_OUT_OF_RANGE' }],
  ['a tenor that the product has not', (body) => ({ ...body, tenorMonths: 360 }), { status: 422, code: 'TENOR_OUT_OF_RANGE' }],
  ['a missing consent', (body) => ({ ...body, consents: (body['consents'] as unknown[]).slice(1) }), { status: 422, code: 'CONSENT_MISSING' }],
  ['broken JSON', () => '{"productCode": "invoice-loan",', { status: 400, code: 'MALFORMED_JSON' }],
])('%s is refused by name, and the id stays free', async (_, spoil, expected) => {
  const id = newId();
  expectProblem(await submit(spoil(valid()), id), expected);
  expectProblem(await lender.call('demo-partner', 'GET', `/v1/loan-applications/${id}`), { status: 404, code: 'NOT_FOUND' });
});

test('an id that is no UUIDv7, a body that is no JSON by its own word, a body over 1 MiB', async () => {
  expectProblem(await submit(valid(), 'b3b1f0f2-0000-4000-8000-000000000000'), { status: 400, code: 'ID_NOT_UUIDV7' });
  const token = await lender.call('demo-partner', 'GET', '/v1/products');
  expect(token.status).toBe(200);
  const large = { ...valid(), purpose: 'x'.repeat(1_100_000) };
  expectProblem(await submit(large), { status: 413, code: 'BODY_TOO_LARGE' });
});

test('a bad token, no token, a wrong secret', async () => {
  const path = `/v1/loan-applications/${newId()}`;
  expectProblem(await lender.send('GET', path, { authorization: 'Bearer not.a.token' }), { status: 401, code: 'INVALID_TOKEN' });
  expectProblem(await lender.send('GET', path, {}), { status: 401, code: 'INVALID_TOKEN' });
  const body = { grant_type: 'client_credentials', client_id: 'demo-partner', client_secret: 'guess' };
  const { status, headers, body: refusal } = await lender.send('POST', '/v1/oauth/token', {}, body);
  // OAuth libraries read nothing but application/json (RFC 6749 §5.2).
  expect([status, refusal.code, refusal.error]).toEqual([401, 'INVALID_CLIENT', 'invalid_client']);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
});

test('the same id: the same content gets the first answer, other content a conflict that changes nothing', async () => {
  const id = newId();
  const body = valid();
  const first = await submit(body, id);
  expect(first.status).toBe(201);
  expect((await submit(body, id)).status).toBe(200);
  expectProblem(await submit({ ...body, tenorMonths: 6 }, id), { status: 409, code: 'ID_REUSED' });
  const { body: view } = await lender.call('demo-partner', 'GET', `/v1/loan-applications/${id}`);
  expect(view.tenorMonths).toBe(12);
  expectProblem(await submit(valid()), { status: 409, code: 'LIVE_APPLICATION_EXISTS' });
});

test('what there is not, and what a partner may not see, answer alike', async () => {
  expectProblem(await lender.call('demo-partner', 'GET', `/v1/loans/${newId()}`), { status: 404, code: 'NOT_FOUND' });
  expectProblem(await lender.call('demo-partner', 'GET', `/v1/loan-applications/${newId()}/timeline`), { status: 404, code: 'NOT_FOUND' });
  expectProblem(await lender.call('demo-partner', 'GET', '/v1/nothing-here'), { status: 404, code: 'NOT_FOUND' });
});
