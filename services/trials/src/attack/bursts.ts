import { businessDate, newId } from '@millrace/contracts';
import type { AttackGroup, AttackOutcome, AttackTarget } from './attack.js';
import type { AttackClient, WireAnswer } from './attack-client.js';
import { broken, judge, notPlayed } from './judge.js';
import { acceptanceOf, applied, offered, signatureOf, watchApplication, write } from './lead-application.js';
import { besideOther } from './other-wait.js';

const AT_ONCE = 30;
/** One after the other in a round, so that somebody else looks often enough beside them. */
const BURSTS = 3;
/** Firms of a middling kind, of which about every second one is shown to a person. */
const FIRMS_FOR_REVIEW = 10;
const BOOKED_LOOKS = 50;
const LOOK_EVERY_MS = 200;

/** The two kinds of tasks that come before a loan is offered: who decides them, and with which reason of the committed list. */
const DECIDERS = {
  verification: { by: 'risk-officer', body: { decision: 'approve', reasonCode: 'CHECKED_BY_PHONE' } },
  approval: { by: 'approver', body: { decision: 'reject', reasonCode: 'AFFORDABILITY' } },
} as const;

const hasEffect = ({ status }: WireAnswer): boolean => status >= 200 && status < 300;

/** Bursts of writes, each under an id of its own, beside somebody who reads. */
function bursts(target: AttackTarget, by: AttackClient, to: { readonly path: string; readonly body: object }): ReturnType<typeof besideOther<WireAnswer>> {
  return besideOther(target.staff.auditor, async () => {
    const answers: WireAnswer[] = [];
    for (let burst = 0; burst < BURSTS; burst++) answers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => write(by, to)))));
    return answers;
  });
}

/** 30 writes at once, again and again: one has an effect, the others are refused at once. */
async function burst(target: AttackTarget, by: AttackClient, what: string, to: { readonly path: string; readonly body: object }): Promise<AttackOutcome> {
  const { result, wait } = await bursts(target, by, to);
  const outcome = judge('SEC-4', `${AT_ONCE} ${what} at once`, result, (answer) => hasEffect(answer) || answer.status === 409 || answer.status === 429, wait);
  const effects = result.filter(hasEffect).length;
  if (effects > 1) return broken(outcome, `${effects} took effect`);
  // Thirty refusals are no race.
  return effects === 0 && outcome.verdict === 'held' ? { ...outcome, verdict: 'not played', remark: `all refused: ${String(result[0]?.body?.code)}` } : outcome;
}

/** Many writes to one application, review task or loan at the same moment (SEC-4, F24). */
export const attackWithBursts: AttackGroup = async function* (target) {
  yield await cancellations(target);
  yield* decisions(target);
  const first = await offered(target);
  if (first.status !== 'OFFERED') {
    yield notPlayed('SEC-4', 'acceptances, signatures, repayments', `no firm was offered a loan, the last one is ${first.status}`);
    return;
  }
  const { applicationId } = first;
  yield await burst(target, target.partner, 'acceptances', await acceptanceOf(target, applicationId));
  const signature = await signatureOf(target, applicationId);
  if (!signature) {
    yield notPlayed('SEC-4', 'signatures, repayments', 'no contract came');
    return;
  }
  yield await burst(target, target.partner, 'signatures', signature);
  const { loan, status } = await watchApplication(target, applicationId, ({ loan: paid }) => paid !== null);
  if (!loan) {
    yield notPlayed('SEC-4', 'repayments', `the loan was not paid out: ${status}`);
    return;
  }
  yield* repayments(target, loan.loanId);
};

async function cancellations(target: AttackTarget): Promise<AttackOutcome> {
  const { applicationId, status } = await offered(target);
  if (status !== 'OFFERED') return notPlayed('SEC-4', 'cancellations', `the application is ${status}`);
  const path = `/v1/loan-applications/${applicationId}/cancellations`;
  return burst(target, target.partner, 'cancellations', { path, body: { reasonCode: 'APPLICANT_WITHDREW' } });
}

async function* decisions(target: AttackTarget): AsyncGenerator<AttackOutcome> {
  const missing = new Set(Object.keys(DECIDERS));
  for (let tried = 0; tried < FIRMS_FOR_REVIEW && missing.size > 0; tried++) {
    const { applicationId, waitingFor } = await applied(target, await target.newFirm('average'));
    if (waitingFor !== 'staff') continue;
    const tasks = (await target.staff['risk-officer'].get('/v1/review-tasks?status=open&limit=200')).body?.items ?? [];
    const task = tasks.find((one) => one.applicationId === applicationId);
    if (!task?.stage || !task.reviewTaskId || !missing.delete(task.stage)) continue;
    const { by, body } = DECIDERS[task.stage as keyof typeof DECIDERS];
    yield await burst(target, target.staff[by], `decisions, ${task.stage}`, { path: `/v1/review-tasks/${task.reviewTaskId}/decisions`, body });
  }
  // Which stage a made-up firm comes to is its own affair; the two are one path of the program, so one of them is enough.
  if (missing.size === Object.keys(DECIDERS).length)
    yield notPlayed('SEC-4', 'decisions of a review', `none of ${FIRMS_FOR_REVIEW} firms was shown to a person`);
}

async function* repayments(target: AttackTarget, loanId: string): AsyncGenerator<AttackOutcome> {
  const { partner } = target;
  const base = `/v1/loans/${loanId}`;
  for (let look = 0; look < BOOKED_LOOKS && (await partner.get(base)).status === 404; look++) await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  const transfer = { amountMinor: '100', currency: 'CNY', receivedOn: businessDate(new Date()), bankReference: `ATTACK-${newId()}` };
  const before = (await partner.get(base)).body?.heldMinor;
  const { result, wait } = await bursts(target, partner, { path: `${base}/repayments`, body: transfer });
  // One transfer told thirty times is one announcement, and moves nothing: the bank has not shown it.
  const outcome = judge('SEC-4', `${AT_ONCE} repayments of one transfer at once`, result, (answer) => hasEffect(answer) || answer.status === 409, wait);
  const after = (await partner.get(base)).body?.heldMinor;
  if (!result.some(hasEffect)) yield notPlayed('SEC-4', 'repayments of one transfer', `${result[0]?.status} ${String(result[0]?.body?.code)}`);
  else yield after === before ? outcome : broken(outcome, `the loan holds ${String(after)} fen on a word, ${String(before)} before`);
  yield* hugeRepayments(target, base, transfer);
}

/** Amounts of another unit: never the end of a loan, and never the borrower's money, without a person (F18). */
async function* hugeRepayments({ partner }: AttackTarget, base: string, transfer: object): AsyncGenerator<AttackOutcome> {
  for (const [what, amountMinor] of [
    ['a repayment of 10^16 yuan', '999999999999999999'],
    ['a repayment of 999 million yuan', '99900000000'],
  ] as const) {
    const before = (await partner.get(base)).body;
    const answer = await partner.put(`${base}/repayments/${newId()}`, { ...transfer, amountMinor, bankReference: `ATTACK-${newId()}` });
    const after = (await partner.get(base)).body;
    const outcome = judge('F18', what, [answer], ({ status, body }) => (status >= 400 && status < 500) || body?.state === 'announced');
    const changed = after?.status !== before?.status || after?.heldMinor !== before?.heldMinor;
    yield changed ? broken(outcome, `the loan is ${String(after?.status)} and holds ${String(after?.heldMinor)} fen`) : outcome;
  }
}
