import { randomUUID } from 'node:crypto';
import { RunningSandbox } from '../../test/running-sandbox.js';

// Goal (R-PL-06): the court of the sandbox takes a case in once and tells what becomes of it, faults included. Method: the real sandbox.
const sandbox = new RunningSandbox();
beforeAll(() => sandbox.start(), 60_000);
afterAll(() => sandbox.stop());

const SHA = 'a'.repeat(64);
const FILING = {
  lender: 'l1',
  subjectRef: 'firm:91990100MA0TE00010',
  kind: 'suit',
  court: '沙箱法院',
  claimMinor: '100',
  currency: 'CNY',
  documentSha256: SHA,
};
const put = (id: string, change: object = {}) => sandbox.call('PUT', `/v1/court/filings/${id}`, { ...FILING, loanId: id, legalCaseId: id, ...change });
const news = (query: string) => sandbox.call('GET', `/v1/court/news?${query}`);

test('a filing is docketed once, its news are read by its id and by its number, and another case is unknown', async () => {
  const id = randomUUID();
  expect((await sandbox.call('GET', `/v1/court/filings/${id}`)).status).toBe(404);
  expect((await news(`filingId=${id}`)).status).toBe(404);
  expect((await put(id, { claimMinor: '-1' })).status).toBe(400);
  for (let times = 0; times < 2; times += 1) expect(await put(id)).toMatchObject({ status: 200, body: { id, status: 'done' } });
  expect(await put(id, { claimMinor: '200' })).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  const [docketed] = (await news(`filingId=${id}`)).body.items;
  expect(docketed).toMatchObject({ kind: 'docketed', awardedMinor: null, outcome: null, documentSha256: SHA });
  const hearing = { filingId: id, kind: 'hearing', on: docketed.on, documentSha256: SHA };
  expect((await sandbox.call('PUT', `/sandbox/court-news/${randomUUID()}`, hearing)).status).toBe(200);
  const items = (await news(new URLSearchParams({ caseNumber: docketed.caseNumber }).toString())).body.items;
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['docketed', 'hearing']);
  expect([(await news('caseNumber=none')).status, (await news('filingId=none')).status, (await news('')).status]).toEqual([404, 400, 400]);
});

test('faults of both parts are met by their calls alone, and a refused filing is not docketed', async () => {
  const id = randomUUID();
  await sandbox.call('PUT', '/sandbox/faults/court-filings', { kind: 'outage', count: 1 });
  expect([(await put(id)).status, (await put(id)).status]).toEqual([503, 200]);
  await sandbox.call('PUT', '/sandbox/faults/court-news', { kind: 'error', count: 1 });
  expect([(await news(`filingId=${id}`)).status, (await news(`filingId=${id}`)).status]).toEqual([500, 200]);
  const refused = randomUUID();
  expect(await put(refused, { subjectRef: 'firm:X9201' })).toMatchObject({ status: 200, body: { status: 'refused' } });
  expect((await news(`filingId=${refused}`)).body.items).toEqual([]);
});
