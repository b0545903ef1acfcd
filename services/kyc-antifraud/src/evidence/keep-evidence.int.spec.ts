import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_EVIDENCE_FILES, newId } from '@millrace/contracts';
import { encodePrincipal, PRINCIPAL_HEADER, type Principal } from '@millrace/service';
import { PARTNER, RISK_OFFICER, staff, TestService, type Answer } from '@millrace/testing';
import { ClamdDouble, EICAR } from '../../test/clamd-double.js';
import { kycAntifraud } from '../kyc-antifraud.module.js';

// Goal: a file is kept once, sealed, scanned, and opens for who may look alone (R-OP-01, R-AP-03). Method: the real service on real PostgreSQL, a directory of its own, a scanner's double.
const TABLE = Buffer.from('date,amount\n2026-03-02,100.00\n');
const clamd = new ClamdDouble();
let kyc: TestService;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-evidence-'));
  kyc = (await TestService.start(kycAntifraud, {
    environment: { MILLRACE_KYC_EVIDENCE_STORE: directory, MILLRACE_KYC_CLAMD: await clamd.start() },
  })) as unknown as TestService;
}, 120_000);
afterAll(async () => {
  await kyc?.stop();
  await clamd.stop();
  await rm(directory, { recursive: true });
});
afterEach(() => {
  clamd.mode = 'scan';
});

const pathOf = (applicationId: string, evidenceId: string): string => `/evidence/${applicationId}/${evidenceId}`;

/** Sends a file as the gateway does. */
async function send(path: string, file: Buffer, mediaType = 'text/csv', by: Principal = PARTNER): Promise<Answer> {
  const answer = await fetch(`${kyc.url}${path}?mediaType=${encodeURIComponent(mediaType)}`, {
    method: 'PUT',
    headers: { ...headersOf(by), 'content-type': 'application/octet-stream' },
    body: new Uint8Array(file),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

async function objects(): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

const headersOf = (by: Principal): Record<string, string> => ({ authorization: `Bearer ${'t'.repeat(32)}`, [PRINCIPAL_HEADER]: encodePrincipal(by) });

async function read(applicationId: string, evidenceId: string, by: Principal = RISK_OFFICER): Promise<{ status: number; type: string | null; text: string }> {
  const answer = await fetch(`${kyc.url}${pathOf(applicationId, evidenceId)}`, { headers: headersOf(by) });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}
const looks = async (applicationId: string): Promise<Answer['body']> =>
  (await kyc.call('GET', `/restricted-reads/${applicationId}`, staff('aud', 'auditor'))).body.items;

test('R-AP-03: a file is kept sealed, answered the same again, and read by who may; each look is kept', async () => {
  const [applicationId, evidenceId] = [newId(), newId()];
  const before = (await objects()).length;
  const first = await send(pathOf(applicationId, evidenceId), TABLE);
  expect([first.status, first.body]).toEqual([
    200,
    { mediaType: 'text/csv', bytes: TABLE.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), scan: 'clean' },
  ]);
  expect((await send(pathOf(applicationId, evidenceId), TABLE)).body).toEqual(first.body);
  const kept = await objects();
  expect(kept.length).toBe(before + 1);
  for (const path of kept) expect((await readFile(path)).includes('2026-03-02')).toBe(false);
  const answer = await read(applicationId, evidenceId);
  expect(answer).toEqual({ status: 200, type: 'text/csv', text: TABLE.toString() });
  expect(await looks(applicationId)).toMatchObject([{ what: 'evidence', staffId: RISK_OFFICER.id }]);
  for (const by of [PARTNER, staff('anna', 'account_manager'), staff('cora', 'compliance')])
    expect((await read(applicationId, evidenceId, by)).status).toBe(403);
});

test('R-OP-02: an id opens in its own application and tenant alone, and takes no other content', async () => {
  const [applicationId, evidenceId] = [newId(), newId()];
  await send(pathOf(applicationId, evidenceId), TABLE);
  expect((await read(newId(), evidenceId)).status).toBe(404);
  expect((await read(applicationId, evidenceId, { ...RISK_OFFICER, tenantId: 't2' })).status).toBe(404);
  const others: Promise<Answer>[] = [
    send(pathOf(applicationId, evidenceId), Buffer.from('a,b\n1,2\n')),
    send(pathOf(newId(), evidenceId), TABLE),
    send(pathOf(applicationId, evidenceId), TABLE, 'text/csv', { ...PARTNER, tenantId: 't2' }),
  ];
  for (const { status, body } of await Promise.all(others)) expect([status, body.code]).toEqual([409, 'ID_REUSED']);
});

test('ten at once are one file, which opens', async () => {
  const [applicationId, evidenceId] = [newId(), newId()];
  const before = (await objects()).length;
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(pathOf(applicationId, evidenceId), TABLE)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await objects()).length).toBe(before + 1);
  expect((await read(applicationId, evidenceId)).text).toBe(TABLE.toString());
});

test.each([
  ['a virus', Buffer.from(`a,b\n1,"${EICAR}"\n`), 'text/csv', 'FILE_INFECTED'],
  ['a program', Buffer.concat([Buffer.from('4d5a9000', 'hex'), Buffer.alloc(100)]), 'application/pdf', 'FILE_TYPE_NOT_ALLOWED'],
  ['a table that is said to be a PDF', TABLE, 'application/pdf', 'FILE_TYPE_MISMATCH'],
  ['nothing', Buffer.alloc(0), 'text/csv', 'FILE_EMPTY'],
])('R-OP-01: %s is refused, and nothing is kept', async (_, file, mediaType, code) => {
  const [applicationId, evidenceId] = [newId(), newId()];
  const before = await objects();
  const { status, body } = await send(pathOf(applicationId, evidenceId), file, mediaType);
  expect([status, body.code]).toEqual([422, code]);
  expect(await objects()).toEqual(before);
  expect((await read(applicationId, evidenceId)).status).toBe(404);
});

test('more than ten megabytes are refused before they are read', async () => {
  const { status, body } = await send(pathOf(newId(), newId()), Buffer.alloc(10_485_761, 'a'));
  expect([status, body.code]).toEqual([413, 'FILE_TOO_LARGE']);
});

test('R-OP-01: where a scanner is set and does not answer, nothing comes in; the same again is taken when it is back', async () => {
  const path = pathOf(newId(), newId());
  clamd.mode = 'silent';
  const away = await send(path, TABLE);
  expect([away.status, away.body.code, away.headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '60']);
  clamd.mode = 'scan';
  expect((await send(path, TABLE)).status).toBe(200);
});

test('R-OP-02: bytes that were changed or exchanged in the store do not open', async () => {
  const [applicationId, evidenceId] = [newId(), newId()];
  const before = new Set(await objects());
  await send(pathOf(applicationId, evidenceId), TABLE);
  const [mine] = (await objects()).filter((path) => !before.has(path));
  await writeFile(mine!, await readFile([...before][0]!));
  expect(await read(applicationId, evidenceId)).toMatchObject({ status: 409, text: expect.stringContaining('RECORD_NOT_TRUSTED') });
  await rm(mine!);
  expect((await read(applicationId, evidenceId)).status).toBe(503);
});

test('G-PI-01: once a consent was withdrawn the file is stored only', async () => {
  const [applicationId, evidenceId] = [newId(), newId()];
  await send(pathOf(applicationId, evidenceId), TABLE);
  await kyc.administer("insert into kyc_antifraud.revoked_consent values ($1, $2, 'C3', now(), true)", [newId(), applicationId]);
  expect(await read(applicationId, evidenceId)).toMatchObject({ status: 409, text: expect.stringContaining('STORED_ONLY') });
});

test('an application has so many files and no more, and what is refused is in no store', async () => {
  const applicationId = newId();
  for (let sent = 0; sent < MAX_EVIDENCE_FILES; sent += 10) await Promise.all(Array.from({ length: 10 }, () => send(pathOf(applicationId, newId()), TABLE)));
  const before = (await objects()).length;
  const { status, body } = await send(pathOf(applicationId, newId()), TABLE);
  expect([status, body.code, (await objects()).length]).toEqual([409, 'TOO_MANY_FILES', before]);
});

test('a file of an unknown length is counted while it comes', async () => {
  const parts = Array.from({ length: 11 }, () => new Uint8Array(1_048_576).fill(97));
  const answer = await fetch(`${kyc.url}${pathOf(newId(), newId())}?mediaType=text%2Fcsv`, {
    method: 'PUT',
    headers: { ...headersOf(PARTNER), 'content-type': 'application/octet-stream' },
    body: ReadableStream.from(parts),
    duplex: 'half',
  } as RequestInit);
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'FILE_TOO_LARGE']);
});
