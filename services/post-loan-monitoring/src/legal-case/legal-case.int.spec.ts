import { newId } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import type { Principal } from '@millrace/service';
import type { TaskKind } from '@millrace/tasks';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { endPools } from '../../test/close-loans.js';
import { neverPaid, type OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { LEGAL_CASE, LEGAL_CASE_END } from './legal-case.tasks.js';

// Goal (R-PL-06, G-EC-07): what is done in court about a loan stands on its file, and the limitation runs. Method: the real service, decisions as lendctl makes them.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
  monitoring.goTo('2026-07-01');
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const DISBURSED = '2026-03-02';
const MATURES = '2027-03-02';
const SHA = 'c'.repeat(64);
const of = (tenantId: string, id: string, ...roles: string[]): Principal => ({ ...staff(id, ...roles), tenantId });
const CASE = { kind: 'suit', court: '上海金融法院', courtReference: '(2026)沪74民初1号', filedOn: '2026-06-30', claimMinor: '31000000', documentSha256: SHA };

const put = ({ tenantId, loanId }: OwnedLoan, path: string, body: object): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/${path}`, of(tenantId, 'olga', 'risk_officer'), body);
const file = (loan: OwnedLoan, change: Record<string, unknown> = {}): Promise<Answer> => put(loan, `legal-cases/${newId()}`, { ...CASE, ...change });
const close = (loan: OwnedLoan, legalCaseId: string, outcome: string): Promise<Answer> =>
  put(loan, `legal-case-ends/${newId()}`, { legalCaseId, outcome, on: monitoring.today, documentSha256: SHA });

async function agree(kind: TaskKind, changeId: string): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, kind, { changeId }))!;
  await sayAbout(monitoring.test, kind, taskId, { decision: 'apply', reason: 'EVIDENCE_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, kind, { changeId })), 'the decision to be applied');
}

const read = async ({ tenantId, loanId }: OwnedLoan, path = ''): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}${path}`, of(tenantId, 'aida', 'auditor'))).body;

test('R-PL-06: a suit is filed after review, reaches its stages, and is closed; each step is on the file and told', async () => {
  const loan = await neverPaid(monitoring, DISBURSED);
  const neighbour = await neverPaid(monitoring, DISBURSED);
  expect(await file(loan, { claimMinor: '0' })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  const asked = await file(loan);
  expect(asked).toMatchObject({ status: 202, body: { kind: 'legal_case', state: 'requested' } });
  const legalCaseId = asked.body.changeId;
  const judgment = { legalCaseId, kind: 'judgment', on: '2026-07-01', awardedMinor: '30500000', documentSha256: SHA };
  expect((await put(loan, `legal-case-updates/${newId()}`, judgment)).status).toBe(404);
  await agree(LEGAL_CASE, legalCaseId);
  expect(await read(loan)).toMatchObject({ status: 'LEGAL' });
  const updateId = newId();
  expect(await put(loan, `legal-case-updates/${updateId}`, judgment)).toMatchObject({ status: 201, body: { state: 'applied' } });
  expect(await put(loan, `legal-case-updates/${updateId}`, judgment)).toMatchObject({ status: 200 });
  expect(await put(loan, `legal-case-updates/${updateId}`, { ...judgment, kind: 'final' })).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  const end = await close(loan, legalCaseId, 'won');
  await agree(LEGAL_CASE_END, end.body.changeId);
  // The judgment is there to be enforced: the loan stays with the court.
  expect(await read(loan)).toMatchObject({ status: 'LEGAL' });
  expect(await read(loan, '/legal-file')).toMatchObject({
    cases: [
      { legalCaseId, courtReference: CASE.courtReference, outcome: 'won', closedOn: '2026-07-01', updates: [{ kind: 'judgment', awardedMinor: '30500000' }] },
    ],
  });
  expect((await monitoring.test.eventTypes(loan.loanId)).filter((type) => type.startsWith('legal-case'))).toEqual([
    'legal-case-filed',
    'legal-case-updated',
    'legal-case-closed',
  ]);
  const { rows } = await monitoring.test.pool.query('select trigger, effect, status_to from loan_history where loan_id = $1 order by seq', [loan.loanId]);
  expect(rows.slice(-3).map(({ trigger, effect }) => `${trigger} ${effect}`)).toEqual(['CaseFiled moved', 'CaseUpdated recorded', 'CaseClosed recorded']);
  expect((await close(loan, legalCaseId, 'won')).status).toBe(404);
  expect(await read(neighbour)).toMatchObject({ status: 'OVERDUE' });
  expect((await file({ ...loan, tenantId: 'another' })).status).toBe(404);
}, 180_000);

test('R-PL-06: a case that is withdrawn leaves the loan as it was before', async () => {
  const loan = await neverPaid(monitoring, DISBURSED);
  const filed = await file(loan);
  await agree(LEGAL_CASE, filed.body.changeId);
  const end = await close(loan, filed.body.changeId, 'withdrawn');
  await agree(LEGAL_CASE_END, end.body.changeId);
  expect(await read(loan)).toMatchObject({ status: 'OVERDUE' });
}, 180_000);

test('G-EC-07: the claim is limited three years after the last due date; a demand begins the years anew, and after them no suit is filed', async () => {
  const loan = await neverPaid(monitoring, DISBURSED);
  expect(await read(loan, '/legal-file')).toMatchObject({ limitationFrom: MATURES, limitationEndsOn: '2030-03-02', demands: [] });
  monitoring.goTo('2030-03-03');
  expect(await file(loan, { filedOn: '2030-03-03' })).toMatchObject({ status: 409, body: { code: 'LIMITATION_OVER' } });
  const demand = { servedOn: '2029-05-05', channel: 'registered_mail', documentSha256: SHA };
  expect(await put(loan, `demands/${newId()}`, { ...demand, servedOn: addDays(monitoring.today, 1) })).toMatchObject({
    status: 422,
    body: { code: 'DAY_NOT_POSSIBLE' },
  });
  expect(await put(loan, `demands/${newId()}`, demand)).toMatchObject({ status: 201 });
  expect(await read(loan, '/legal-file')).toMatchObject({ limitationFrom: '2029-05-05', limitationEndsOn: '2032-05-05', demands: [demand] });
  const filed = await file(loan, { filedOn: '2030-03-03' });
  expect(filed.status).toBe(202);
  await agree(LEGAL_CASE, filed.body.changeId);
  // While a court has it, it is not limited.
  expect(await read(loan, '/legal-file')).toMatchObject({ limitationEndsOn: null });
}, 180_000);

test('R-PL-06: a case outlives the debt: paid in full meanwhile, the loan is settled, and the case can still be closed', async () => {
  const loan = await neverPaid(monitoring, addDays(monitoring.today, -60));
  const filed = await file(loan, { filedOn: monitoring.today });
  await agree(LEGAL_CASE, filed.body.changeId);
  await monitoring.pay(loan.loanId, (await read(loan)).payoff.toPayMinor, { tenantId: loan.tenantId });
  expect(await read(loan)).toMatchObject({ status: 'SETTLED' });
  const end = await close(loan, filed.body.changeId, 'settled');
  expect(end.status).toBe(202);
  await agree(LEGAL_CASE_END, end.body.changeId);
  expect(await read(loan)).toMatchObject({ status: 'SETTLED' });
  expect(await read(loan, '/legal-file')).toMatchObject({ cases: [{ outcome: 'settled' }] });
  expect(await file(loan, { filedOn: monitoring.today })).toMatchObject({ status: 409, body: { code: 'LOAN_NOT_LIVE' } });
}, 180_000);
