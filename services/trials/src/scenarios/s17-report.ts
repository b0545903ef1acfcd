import { newId } from '@millrace/contracts';
import { LIST_CREDIT_DISPUTES, LIST_CREDIT_REPORTS, LIST_LETTERS, OPEN_CREDIT_DISPUTE, SHOW_SCHEDULE } from '@millrace/contracts/api';
import { eventually } from '../stage/stage.js';
import { afterClose, atMorning, lateLoan } from './s17-overdue-roll.js';
import type { Scenario, Scene } from './scenario.js';
import { twoPersonsSay } from './two-persons.js';

const STAFF = 'demo-risk-officer';
const DAY_MS = 86_400_000;
/** By the law (G-CB-05). */
const DISPUTE_DAYS = 20;

/** What the sandbox's bureau, or its gateway of notices, was told about a loan. */
interface Told {
  readonly items: readonly { readonly status: string; readonly receivedAt: string; readonly content: Readonly<Record<string, unknown>> }[];
}

/** The first month end that is so many days after a due date, or later. */
function monthEndAfter(dueOn: string, days: number): { readonly day: string; readonly dpd: number } {
  const from = new Date(Date.parse(dueOn) + days * DAY_MS);
  const end = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 0));
  return { day: end.toISOString().slice(0, 10), dpd: Math.round((end.getTime() - Date.parse(dueOn)) / DAY_MS) };
}

/** The borrower has paid in time, and the bank shows it late: what was reported is disputed, is not answered in its days, and is corrected (G-CB-05). */
async function disputed(
  { stage, check, step }: Scene,
  { loanId, dueOn, reportId, asOf }: { readonly loanId: string; readonly dueOn: string; readonly reportId: string; readonly asOf: string },
): Promise<void> {
  step('the borrower disputes the report, and the bureau marks it');
  const creditDisputeId = newId();
  const receivedOn = stage.system.now().toISOString().slice(0, 10);
  const read = async () => (await stage.ask('demo-partner', LIST_CREDIT_DISPUTES, { loanId })).items[0]!;
  await stage.ask('demo-partner', OPEN_CREDIT_DISPUTE, { loanId, creditDisputeId }, { asOf, party: 'debtor', ground: 'paid_in_time', receivedOn });
  await eventually('the mark', async () => (await read()).mark === 'done');
  const days = (await read()).dueOn;
  check.equal('days for the answer', (Date.parse(days) - Date.parse(receivedOn)) / DAY_MS, DISPUTE_DAYS);

  step('the days for the answer are over');
  await stage.moveTo(atMorning(days, 1));
  await eventually('the end of the days', async () => (await read()).state === 'overdue');

  step('the bank shows the money of the due date, and two persons correct the report');
  const rows = (await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId })).items.filter((row) => row.dueOn >= dueOn && row.dueOn <= asOf);
  for (const row of rows) await stage.repay(loanId, row.totalMinor, row.dueOn);
  await twoPersonsSay(stage, {
    service: 'post-loan-monitoring',
    kind: 'credit-dispute',
    about: creditDisputeId,
    decision: 'correct',
    reason: 'BOOKS_SHOW_OTHERWISE',
  });
  await eventually('the end of the dispute', async () => (await read()).state === 'corrected' && (await read()).mark === 'done');
  const correction = (await stage.ask(STAFF, LIST_CREDIT_REPORTS, { loanId })).items.find(({ occasion }) => occasion === 'correction')!;
  check.equal('what corrects what', [correction.corrects, correction.asOf, correction.daysPastDue, correction.negative], [reportId, asOf, 0, false]);
  const { items: letters } = await stage.ask('demo-partner', LIST_LETTERS, { loanId });
  check.equal('the answer', letters.filter(({ kind }) => kind === 'dispute_corrected').length, 1);
  const marks = ((await stage.sandbox('GET', `/sandbox/dispute-marks?loanId=${loanId}`)) as unknown as Told).items;
  check.equal(
    'what the bureau was asked to mark',
    marks.map(({ content }) => [content['filingId'], content['isDisputed']]),
    [
      [reportId, true],
      [reportId, false],
    ],
  );
  const told = ((await stage.sandbox('GET', `/sandbox/filings?loanId=${loanId}`)) as unknown as Told).items.filter(({ content }) => content['corrects']);
  check.equal(
    'corrections at the bureau',
    told.map(({ content }) => content['corrects']),
    [reportId],
  );
}

/** Instalment 3 stays unpaid: what the bureau is told of it comes after the borrower was told that it would be. */
export const S17_REPORT: Scenario = {
  id: 'S17.report',
  title: 'Overdue: the notice before a report to the credit bureau',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, loanId, dueOn, firm } = await lateLoan(scene, 's17report', 120);
    const reports = async () => (await stage.ask(STAFF, LIST_CREDIT_REPORTS, { loanId })).items;

    step('a month end before anything is late');
    const early = await eventually('a report of a loan in time', async () => (await reports()).find(({ state }) => state === 'done'));
    check.equal('whether it is negative, and how late the loan is', [early.negative, early.daysPastDue], [false, 0]);

    step('seven days past due, the borrower is told');
    await afterClose(scene, loanId, dueOn, 7, ({ status }) => status === 'OVERDUE');
    const notice = await eventually('the notice before the report', async () => {
      const { items } = await stage.ask('demo-partner', LIST_LETTERS, { loanId });
      return items.find(({ kind, delivery }) => kind === 'bureau_pre_notice' && delivery === 'done');
    });
    check.equal('reports of arrears by then', (await reports()).filter(({ negative }) => negative).length, 0);

    step('ten days after it the bureau is told that the loan is late');
    await afterClose(scene, loanId, dueOn, 19, ({ status }) => status === 'OVERDUE');
    const began = await eventually('the report that the arrears began', async () =>
      (await reports()).find(({ negative, state }) => negative && state === 'done'),
    );
    check.equal('why, and how late the loan is', [began.occasion, began.daysPastDue >= 18], ['arrears_began', true]);

    step('the first month end after it');
    const { day, dpd } = monthEndAfter(dueOn, 20);
    await afterClose(scene, loanId, dueOn, dpd, ({ status }) => status === 'OVERDUE');
    const filed = await eventually('the report of the month', async () => (await reports()).find(({ asOf, state }) => asOf === day && state === 'done'));
    check.equal('why, and how late the loan is', [filed.occasion, filed.daysPastDue], ['month_end', dpd]);
    check.equal('until when it is kept', filed.keepUntil?.slice(0, 4), String(Number(day.slice(0, 4)) + 5));

    step('what the outside has seen, in its order');
    const notices = ((await stage.sandbox('GET', `/sandbox/notices?loanId=${loanId}`)) as unknown as Told).items;
    const filings = ((await stage.sandbox('GET', `/sandbox/filings?loanId=${loanId}`)) as unknown as Told).items;
    const told = notices.filter(({ content }) => content['textSha256'] === notice.textSha256);
    const arrears = filings.filter(({ content }) => Number(content['daysPastDue']) > 0);
    check.equal('notices before the report, and reports of arrears', [told.length, arrears.length], [1, 2]);
    check.equal('the notice came first', told[0]!.receivedAt < arrears[0]!.receivedAt, true);
    await disputed(scene, { loanId, dueOn, reportId: filed.reportId, asOf: filed.asOf });
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
