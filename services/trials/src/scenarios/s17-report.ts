import { LIST_CREDIT_REPORTS, LIST_LETTERS } from '@millrace/contracts/api';
import { eventually } from '../stage/stage.js';
import { afterClose, lateLoan } from './s17-overdue-roll.js';
import type { Scenario } from './scenario.js';

const STAFF = 'demo-risk-officer';
const DAY_MS = 86_400_000;

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
    const began = await eventually('the report that the arrears began', async () => (await reports()).find(({ negative, state }) => negative && state === 'done'));
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
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
