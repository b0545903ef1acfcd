import { newId } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import type { Principal } from '@millrace/service';
import { PARTNER, sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { bookLate, bookOf, endPools, newTenant } from '../../test/close-loans.js';
import type { OwnedLoan } from '../../test/lost-loans.js';
import { PartyDouble, type TakenIn } from '../../test/party-double.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { CREDIT_DISPUTE } from './credit-dispute.task.js';

// Goal (R-LG-03, G-CB-05): what is disputed is marked at the bureau, checked, and answered in writing within 20 days. Method: the real service, the parties are an
// HTTP server that keeps what it was told, and the days are closed by the test. Two loans of one lender are late and reported as late; the books are wrong of one.
const party = new PartyDouble();
let monitoring: RunningMonitoring;
let [wrong, right]: OwnedLoan[] = [];
const at = (day: IsoDate, time: string): void => monitoring.test.clock.set(new Date(`${day}T${time}:00+08:00`));
async function close(tenantId: string, day: IsoDate): Promise<void> {
  at(addDays(day, 1), '00:30');
  await bookOf(monitoring).closeTenant(tenantId, day);
}
const about = ({ loanId }: OwnedLoan, path: string): TakenIn[] => party.about(loanId).filter((one) => one.path === path);
/** Reports of other occasions are those of the close. */
const corrections = (loan: OwnedLoan): unknown[] =>
  about(loan, '/v1/bureau/filings').flatMap(({ body }) => (body['occasion'] === 'correction' ? [[body['asOf'], body['daysPastDue']]] : []));
const marks = (loan: OwnedLoan): unknown[] => about(loan, '/v1/bureau/dispute-marks').map(({ body }) => body['isDisputed']);

beforeAll(async () => {
  monitoring = await RunningMonitoring.start({ MILLRACE_PROVIDERS_URL: await party.start(), MILLRACE_CLOSE_CUT_OFF: '23:59' });
  const tenantId = newTenant();
  const book = async (): Promise<OwnedLoan> => ({ tenantId, loanId: await bookLate(monitoring, tenantId, 0, { disbursedOn: '2026-03-02' }) });
  [wrong, right] = [await book(), await book()];
  // The first day of the lender is the end of a month, of which the bureau is told before anything is late.
  await close(tenantId, '2026-03-31');
  await close(tenantId, '2026-04-09');
  at('2026-04-10', '09:00');
  const served = `select 1 from dispatch where tenant_id = $1 and content ->> 'kind' = 'bureau_pre_notice' and state = 'DONE'`;
  await until(async () => (await monitoring.test.pool.query(served, [tenantId])).rowCount === 2, 'the notices');
  await close(tenantId, '2026-04-20');
  const told = `select 1 from dispatch where tenant_id = $1 and party = 'bureau-filing' and content ->> 'asOf' = '2026-04-20' and state = 'DONE'`;
  await until(async () => (await monitoring.test.pool.query(told, [tenantId])).rowCount === 2, 'the reports of the arrears');
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
  await party.stop();
});

const of = ({ tenantId }: OwnedLoan, by: Principal): Principal => ({ ...by, tenantId });
const OLGA = staff('olga', 'risk_officer');
const metrics = async (): Promise<string> => (await fetch(`${monitoring.test.operationsUrl}/metrics`)).text();
const BODY = { asOf: '2026-04-20', party: 'debtor', ground: 'paid_in_time', receivedOn: '2026-04-21' };
const dispute = (loan: OwnedLoan, change: object = {}, by = OLGA, id = newId()): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loan.loanId}/credit-disputes/${id}`, of(loan, by), { ...BODY, ...change });
const read = async (loan: OwnedLoan, path: string, by = OLGA): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loan.loanId}/${path}`, of(loan, by))).body;
const eventsOf = async ({ loanId }: OwnedLoan): Promise<unknown[][]> =>
  (await monitoring.test.events(loanId))
    .filter(({ type }) => type.includes('dispute'))
    .map(({ type, payload }) => [type, (payload as { disputed?: boolean; corrected?: boolean }).disputed ?? (payload as { corrected?: boolean }).corrected]);

async function decide(disputeId: string, decision: string, reason: string): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, CREDIT_DISPUTE, { disputeId }, 'open'))!;
  await sayAbout(monitoring.test, CREDIT_DISPUTE, taskId, { decision, reason }, 'Li Na', 'Wang Wei');
}

test('G-CB-05: a dispute is taken once, of what the bureau has, by whom it concerns', async () => {
  at('2026-04-22', '09:00');
  const lender = { ...wrong! };
  expect(await dispute(lender, { asOf: '2026-04-19' })).toMatchObject({ status: 409, body: { code: 'REPORT_NOT_FILED' } });
  expect(await dispute(lender, { receivedOn: '2026-04-23' })).toMatchObject({ status: 422, body: { code: 'DAY_NOT_POSSIBLE' } });
  expect(await dispute(lender, { receivedOn: '2026-04-19' })).toMatchObject({ status: 422, body: { code: 'DAY_NOT_POSSIBLE' } });
  expect(await dispute(lender, { party: 'guarantor', guaranteeId: newId() })).toMatchObject({ status: 409, body: { code: 'DISPUTE_PARTY_UNKNOWN' } });
  expect(await dispute(lender, { party: 'guarantor' }, PARTNER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await dispute(lender, { asOf: '2026-02-30', ground: 'mood' })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(await dispute(lender, {}, staff('aida', 'auditor'))).toMatchObject({ status: 403 });
  expect((await dispute({ ...lender, tenantId: newTenant() })).status).toBe(404);
  const id = newId();
  const first = await dispute(lender, {}, PARTNER, id);
  expect(first).toMatchObject({ status: 201, body: { disputeId: id, state: 'open', dueOn: '2026-05-11', closedOn: null } });
  expect((await dispute(lender, {}, PARTNER, id)).status).toBe(200);
  expect(await dispute(lender, { ground: 'other' }, PARTNER, id)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await dispute(lender)).toMatchObject({ status: 409, body: { code: 'DISPUTE_OPEN' } });
  await until(() => Promise.resolve(marks(lender).length === 1), 'the mark at the bureau');
  expect(marks(lender)).toEqual([true]);
}, 120_000);

test('G-CB-05: a report that was wrong is corrected by the books, the mark is taken off, and the person is answered', async () => {
  const [{ disputeId }] = (await read(wrong!, 'credit-disputes', PARTNER)).items;
  // The books still say what was reported: two persons cannot report otherwise.
  await decide(disputeId, 'correct', 'BOOKS_SHOW_OTHERWISE');
  await until(async () => (await taskAbout(monitoring.test, CREDIT_DISPUTE, { disputeId }, 'open'))?.failure != null, 'the refusal');
  expect(corrections(wrong!)).toEqual([]);
  // The money had come on the due date, and the bank shows it now.
  await monitoring.pay(wrong!.loanId, '2586822', { tenantId: wrong!.tenantId, valueOn: '2026-04-02' });
  await decide(disputeId, 'correct', 'BOOKS_SHOW_OTHERWISE');
  await until(() => Promise.resolve(marks(wrong!).length === 2 && corrections(wrong!).length === 1), 'the correction');
  expect(marks(wrong!)).toEqual([true, false]);
  expect(corrections(wrong!)).toEqual([['2026-04-20', 0]]);
  await until(async () => (await read(wrong!, 'credit-disputes')).items[0].mark === 'done', 'the word of the bureau');
  const [closed] = (await read(wrong!, 'credit-disputes')).items;
  expect(closed).toMatchObject({ state: 'corrected', reasonCode: 'BOOKS_SHOW_OTHERWISE', closedOn: '2026-04-22' });
  const [correction, disputed] = (await read(wrong!, 'credit-reports')).items;
  expect(correction).toMatchObject({
    reportId: closed.correctionId,
    corrects: disputed.reportId,
    asOf: '2026-04-20',
    negative: false,
    daysPastDue: 0,
    overdueMinor: '0',
  });
  expect(disputed).toMatchObject({ asOf: '2026-04-20', negative: true, daysPastDue: 18, corrects: null });
  const letter = await read(wrong!, `letters/${closed.letterId}`, PARTNER);
  expect(letter).toMatchObject({ kind: 'dispute_corrected', party: 'debtor' });
  expect([letter.text, letter.translation.text]).toEqual([expect.stringContaining('逾期 18 天'), expect.stringContaining('it was 0 days late')]);
  // The answer is no contact about arrears.
  expect(
    (
      await monitoring.test.pool.query('select 1 from collection_contact where contact_id = (select dispatch_id from dispatch where letter_id = $1)', [
        closed.letterId,
      ])
    ).rowCount,
  ).toBe(0);
  // The bureau knows the loan as it stands now: the close has nothing to tell it.
  const before = about(wrong!, '/v1/bureau/filings').length;
  await close(wrong!.tenantId, '2026-04-22');
  expect(about(wrong!, '/v1/bureau/filings')).toHaveLength(before);
  expect(await eventsOf(wrong!)).toEqual(
    expect.arrayContaining([
      ['credit-report-dispute-opened', undefined],
      ['credit-report-dispute-marked', true],
      ['credit-report-dispute-closed', true],
      ['credit-report-dispute-marked', false],
    ]),
  );
}, 120_000);

test('G-CB-05: the days run out once and are told; an answer that is late is given all the same, with the reason why the report stays', async () => {
  const opened = await dispute(right!);
  expect(opened).toMatchObject({ status: 201, body: { dueOn: '2026-05-11' } });
  const { disputeId } = opened.body;
  const left = async (): Promise<number> => Number(/^millrace_credit_dispute_seconds_left(?:\{[^}]*\})? (-?[\d.]+)$/m.exec(await metrics())?.[1]);
  at('2026-05-11', '23:00');
  expect([await left(), (await read(right!, 'credit-disputes')).items[0].state]).toEqual([3_600, 'open']);
  at('2026-05-12', '00:00');
  await until(async () => (await read(right!, 'credit-disputes')).items[0].state === 'overdue', 'the end of the days');
  at('2026-05-12', '01:00');
  expect(await left()).toBe(-3_600);
  // Whoever has taken the dispute in does not decide it alone or beside another.
  const { taskId } = (await taskAbout(monitoring.test, CREDIT_DISPUTE, { disputeId }))!;
  await expect(sayAbout(monitoring.test, CREDIT_DISPUTE, taskId, { decision: 'uphold', reason: 'REPORT_IS_RIGHT' }, 'olga')).rejects.toThrow(/maker/);
  await decide(disputeId, 'uphold', 'DISPUTE_WITHOUT_PROOF');
  await until(async () => (await read(right!, 'credit-disputes')).items[0].state === 'upheld', 'the decision');
  const [closed] = (await read(right!, 'credit-disputes')).items;
  const letter = await read(right!, `letters/${closed.letterId}`);
  expect([letter.kind, letter.text, letter.translation.text]).toEqual([
    'dispute_upheld',
    expect.stringContaining('补充证明材料'),
    expect.stringContaining('you may send papers'),
  ]);
  expect((await eventsOf(right!)).filter(([type]) => /overdue|closed/.test(String(type)))).toEqual([
    ['credit-report-dispute-overdue', undefined],
    ['credit-report-dispute-closed', false],
  ]);
  expect(corrections(right!)).toEqual([]);
  // It can be disputed again, with other papers.
  expect((await dispute(right!, { receivedOn: '2026-05-12', documentSha256: 'd'.repeat(64) })).status).toBe(201);
}, 120_000);
