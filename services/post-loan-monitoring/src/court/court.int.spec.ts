import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@millrace/contracts';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { endPools } from '../../test/close-loans.js';
import { neverPaid, type OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { LEGAL_CASE, LEGAL_CASE_END } from '../legal-case/legal-case.tasks.js';

// Goal (R-PL-06): a case is filed electronically once, and what the court tells of it is on the file; what cannot be is a finding. Method: the real service, the
// court is an HTTP server that keeps filings by their ids and loses the first answer.
const SHA = 'c'.repeat(64);
const filings = new Map<string, Record<string, unknown>>();
const calls: string[] = [];
const news = new Map<string, object[]>();
let isSilent = false;
let server: Server;
let monitoring: RunningMonitoring;
beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://court');
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const say = (status: number, body: object): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (url.pathname === '/v1/court/news') {
        const items = news.get(url.searchParams.get('filingId') ?? url.searchParams.get('caseNumber')!);
        return items ? say(200, { items }) : say(404, { code: 'NOT_FOUND' });
      }
      const id = url.pathname.split('/').at(-1)!;
      if (!url.pathname.startsWith('/v1/court/filings/')) return say(200, { id, status: 'done', reference: 'R' });
      calls.push(request.method!);
      if (request.method === 'PUT') filings.set(id, JSON.parse(text) as Record<string, unknown>);
      if (isSilent) return request.socket.destroy();
      return filings.has(id) ? say(200, { id, status: 'done', reference: `R-${id}` }) : say(404, { code: 'NOT_FOUND' });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  monitoring = await RunningMonitoring.start({ MILLRACE_PROVIDERS_URL: url, MILLRACE_COURT_LENDERS: '*', MILLRACE_COURT_NEWS_INTERVAL_MS: '500' });
  monitoring.goTo('2026-07-01');
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
  server.closeAllConnections();
  server.close();
});

const CASE = { kind: 'suit', court: '上海金融法院', filedOn: '2026-06-30', claimMinor: '31000000', documentSha256: SHA };
const NUMBER = '(2026)沪74民初9号';
const file = ({ tenantId, loanId }: OwnedLoan, change: object, id = newId()): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/legal-cases/${id}`, { ...staff('olga', 'risk_officer'), tenantId }, { ...CASE, ...change });
const caseOf = async ({ tenantId, loanId }: OwnedLoan): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}/legal-file`, { ...staff('aida', 'auditor'), tenantId })).body.cases[0];
const told = (kind: string, change: object = {}): object => ({ newsId: newId(), caseNumber: NUMBER, kind, on: '2026-07-01', documentSha256: SHA, ...change });
/** The clock of a suite stands still; the court is looked at again only after a while by it. */
const sees = (what: string, is: (one: Answer['body']) => boolean, loan: OwnedLoan): Promise<unknown> =>
  until(async () => {
    monitoring.test.clock.set(new Date(monitoring.test.clock.now().getTime() + 1_000));
    return is(await caseOf(loan));
  }, what);

async function agree(changeId: string): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, LEGAL_CASE, { changeId }))!;
  await sayAbout(monitoring.test, LEGAL_CASE, taskId, { decision: 'apply', reason: 'EVIDENCE_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, LEGAL_CASE, { changeId }, 'decided')), 'the decision to be applied');
}

test('R-PL-06: a case is filed once under our id, asked about after a silence, and its news move its file', async () => {
  const loan = await neverPaid(monitoring, '2026-03-02');
  expect(await file(loan, {})).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(await file(loan, { electronic: true, courtReference: 'X' })).toMatchObject({ status: 422, body: { code: 'REFERENCE_NOT_EXPECTED' } });
  const asked = await file(loan, { electronic: true });
  expect(asked.status).toBe(202);
  isSilent = true;
  await agree(asked.body.changeId);
  await until(async () => (await caseOf(loan))?.filing === 'unknown', 'the silence');
  isSilent = false;
  await sees('the court to have it', ({ filing }) => filing === 'done', loan);
  expect([filings.size, calls.filter((method) => method === 'PUT').length]).toEqual([1, 1]);
  const [[filingId, filed]] = [...filings] as [[string, object]];
  expect(filed).toMatchObject({ lender: loan.tenantId, loanId: loan.loanId, legalCaseId: asked.body.changeId, kind: 'suit', claimMinor: '31000000' });
  expect((await caseOf(loan)).courtReference).toBe(`electronic filing ${filingId}`);

  const closed = told('closed', { outcome: 'won' }) as { newsId: string };
  news.set(filingId, [told('docketed', { on: '2026-06-30' }), told('hearing'), told('judgment', { awardedMinor: '30500000' }), told('enforcement'), closed]);
  await sees('the news', ({ updates }) => updates.length === 4, loan);
  expect(await caseOf(loan)).toMatchObject({ courtReference: NUMBER, findings: [], outcome: null });
  expect((await caseOf(loan)).updates.map(({ kind, awardedMinor }: Answer['body']) => [kind, awardedMinor])).toEqual([
    ['accepted', null],
    ['hearing', null],
    ['judgment', '30500000'],
    ['enforcing', null],
  ]);
  // That it is over is decided by two persons.
  const { taskId } = (await taskAbout(monitoring.test, LEGAL_CASE_END, { changeId: closed.newsId }))!;
  await sayAbout(monitoring.test, LEGAL_CASE_END, taskId, { decision: 'apply', reason: 'EVIDENCE_SEEN' }, 'Li Na', 'Wang Wei');
  await sees('the end', ({ outcome }) => outcome === 'won', loan);
  const types = (await monitoring.test.eventTypes(loan.loanId)).filter((type) => type.startsWith('legal-case'));
  expect(types.filter((type) => type !== 'legal-case-updated')).toEqual(['legal-case-filed', 'legal-case-filing-answered', 'legal-case-closed']);
  expect(types.filter((type) => type === 'legal-case-updated')).toHaveLength(4);
}, 180_000);

test('R-PL-06: a case that the court does not know, another number, a day that cannot be and what cannot be read are findings, each told once', async () => {
  const loan = await neverPaid(monitoring, '2026-03-02');
  const number = '(2026)沪74民初77号';
  const asked = await file(loan, { courtReference: number });
  await agree(asked.body.changeId);
  await sees('the first finding', ({ findings }) => findings.length === 1, loan);
  expect((await caseOf(loan)).findings).toEqual(['case_unknown']);
  const bad = [{ caseNumber: '(2026)沪74民初78号' }, { caseNumber: number, on: '2026-06-01' }, { caseNumber: number, on: '2027-06-01' }];
  news.set(number, [...bad.map((change) => told('hearing', change)), told('rumour', { caseNumber: number }), told('hearing', { caseNumber: number })]);
  await sees('the news', ({ updates }) => updates.length === 1, loan);
  for (let looks = 0; looks < 3; looks += 1) await sees('another look', () => true, loan);
  expect((await caseOf(loan)).findings).toEqual(['case_number_differs', 'day_not_possible', 'day_not_possible', 'news_unreadable']);
  const findings = (await monitoring.test.events(loan.loanId)).filter(({ type }) => type === 'legal-case-finding-made');
  expect(findings.map(({ payload }) => (payload as { finding: string }).finding)).toEqual([
    ...['case_unknown', 'case_number_differs', 'day_not_possible', 'day_not_possible', 'news_unreadable'],
  ]);
}, 180_000);
