import { newId } from '@millrace/contracts';
import { EVIDENCE_MEDIA_TYPES, MAX_EVIDENCE_BYTES } from '@millrace/contracts/api';
import { problem, RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway, type ClientId } from '../../test/running-gateway.js';

// Goal: a file goes to kyc-antifraud alone, and only after everything else was found good (R-OP-01). Method: the real gateway before recorded services.
const upstreams = new RecordingUpstreams();
const KEPT = { mediaType: 'application/pdf', bytes: 9, sha256: 'ab'.repeat(32), scan: 'clean' };
const FILE = '{"a": 1} '; // what the double of the services reads as JSON
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});
beforeEach(() => {
  upstreams.reset();
  upstreams.on('GET', /^\/loan-applications\//, { status: 200, body: {} });
  upstreams.on('PUT', /^\/evidence\//, { status: 200, body: KEPT });
  upstreams.on('PUT', /\/evidence\/[^/]+$/, ({ path }) =>
    path.startsWith('/evidence/')
      ? { status: 200, body: KEPT }
      : { status: 201, body: { evidenceId: newId(), kind: 'tax', ...KEPT, uploadedBy: 'client-1', uploadedAt: '2026-03-02T01:00:00.000Z', secret: 'cut' } },
  );
});

const pathOf = (applicationId = newId(), evidenceId = newId()): string => `/v1/loan-applications/${applicationId}/evidence/${evidenceId}`;
const asked = (): string[] => upstreams.calls.map(({ method, path }) => `${method} ${path.split('?')[0]!.split('/').slice(1, 2).join('')}`);
const send = (path: string, body: string, headers: Record<string, string> = { 'content-type': 'application/pdf' }, as: ClientId = 'client-1') =>
  gateway.send('PUT', path, { as, body, headers });

test('R-AP-03: the file goes to kyc-antifraud, what it is and its hash to the hub, and the answer is what is described', async () => {
  const [applicationId, evidenceId] = [newId(), newId()];
  const { status, body, headers } = await send(`${pathOf(applicationId, evidenceId)}?kind=tax`, FILE);
  expect([status, headers.get('location')]).toEqual([201, pathOf(applicationId, evidenceId)]);
  expect(body).not.toHaveProperty('secret');
  expect(upstreams.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /loan-applications/${applicationId}`,
    `PUT /evidence/${applicationId}/${evidenceId}?mediaType=application%2Fpdf`,
    `PUT /loan-applications/${applicationId}/evidence/${evidenceId}`,
  ]);
  expect(upstreams.calls[2]!.body).toEqual({ kind: 'tax', ...KEPT });
});

test.each([
  ['without a kind', '', { 'content-type': 'application/pdf' }, [400, 'VALIDATION_FAILED']],
  ['of an unknown kind', '?kind=poem', { 'content-type': 'application/pdf' }, [400, 'VALIDATION_FAILED']],
  ['as JSON', '?kind=tax', { 'content-type': 'application/json' }, [415, 'UNSUPPORTED_MEDIA_TYPE']],
  ['as a program', '?kind=tax', { 'content-type': 'application/x-msdownload' }, [415, 'UNSUPPORTED_MEDIA_TYPE']],
  ['as a form', '?kind=tax', { 'content-type': 'application/x-www-form-urlencoded' }, [415, 'UNSUPPORTED_MEDIA_TYPE']],
])('R-OP-01: a file %s leaves nothing anywhere', async (_, query, headers, expected) => {
  const { status, body } = await send(`${pathOf()}${query}`, FILE, headers);
  expect([status, body.code, asked()]).toEqual([...expected, []]);
});

test('R-OP-01: an empty one, one that is too large, and one for an application that the caller does not see', async () => {
  const empty = await send(`${pathOf()}?kind=tax`, '');
  expect([empty.status, empty.body.code]).toEqual([422, 'FILE_EMPTY']);
  const large = await send(`${pathOf()}?kind=tax`, 'x'.repeat(MAX_EVIDENCE_BYTES + 1));
  expect([large.status, large.body.code]).toEqual([413, 'FILE_TOO_LARGE']);
  expect(asked()).toEqual(['GET loan-applications', 'GET loan-applications']);
  upstreams.reset();
  upstreams.on('GET', /^\/loan-applications\//, problem(404, 'NOT_FOUND'));
  const foreign = await send(`${pathOf()}?kind=tax`, FILE);
  expect([foreign.status, foreign.body.code, asked()]).toEqual([404, 'NOT_FOUND', ['GET loan-applications']]);
});

test('SEC-1: a file to a route that takes JSON is refused, whatever its type', async () => {
  for (const mediaType of EVIDENCE_MEDIA_TYPES) {
    const { status, body } = await send(`/v1/loan-applications/${newId()}`, FILE, { 'content-type': mediaType });
    expect([status, body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  }
  expect(asked()).toEqual([]);
});

test('a file is sent for saving, to roles that may look', async () => {
  upstreams.on('GET', /^\/evidence\//, { status: 200, body: '%PDF-1.7', headers: { 'content-type': 'application/pdf' } });
  const evidenceId = newId();
  const { status, headers } = await gateway.send('GET', `${pathOf(newId(), evidenceId)}/content`, { as: 'olga', headers: { accept: 'application/pdf' } });
  const sent = ['content-type', 'content-disposition', 'x-content-type-options', 'cache-control'].map((name) => headers.get(name));
  expect([status, ...sent]).toEqual([200, 'application/pdf', `attachment; filename="${evidenceId}.pdf"`, 'nosniff', 'no-store']);
  for (const as of ['client-1', 'anna', 'cora'] as const) expect((await gateway.send('GET', `${pathOf()}/content`, { as })).status).toBe(403);
});
