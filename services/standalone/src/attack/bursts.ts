import { createHash } from 'node:crypto';
import { businessDate, newId } from '@millrace/contracts';
import { apply } from '../demo/apply.js';
import { watch } from '../demo/follow-firm.js';
import type { AttackGroup, AttackOutcome, AttackTarget } from './attack.js';
import type { AttackClient, WireAnswer } from './attack-client.js';
import { judge } from './judge.js';
import { besideOther } from './other-wait.js';

const AT_ONCE = 30;
const STEP_TIMEOUT_MS = 60_000;
/** How much longer than alone somebody else may wait beside a burst. */
const FAIR_RATIO = 2;

/** 30 writes at once, each under an id of its own; one may have an effect, the others are refused at once. */
async function burst(target: AttackTarget, by: AttackClient, what: string, path: () => string, body: object): Promise<AttackOutcome> {
  const { result, ratio } = await besideOther(target.auditor, () => Promise.all(Array.from({ length: AT_ONCE }, () => by.put(path(), body))));
  const allowed = ({ status }: WireAnswer): boolean => (status >= 200 && status < 300) || status === 409 || status === 429;
  const outcome = judge('SEC-4', `${AT_ONCE} ${what} at once`, result, allowed, ratio);
  const effects = result.filter(({ status }) => status < 300 && status >= 200).length;
  if (effects > 1) return { ...outcome, held: false, remark: `${effects} took effect` };
  return ratio > FAIR_RATIO && outcome.held ? { ...outcome, held: false, remark: 'somebody else waited' } : outcome;
}

/** A made-up firm as far as a status, or undefined where it was decided otherwise. */
async function firmIn(target: AttackTarget, status: string): Promise<string | undefined> {
  const partner = friendly(target);
  const { applicationId } = await apply(partner, await target.newFirm(), new Date());
  const view = await watch(
    partner,
    applicationId,
    (seen) => seen.status === status || seen.waitingFor === 'staff' || seen.decision?.outcome === 'declined',
    STEP_TIMEOUT_MS,
  );
  return view.status === status ? applicationId : undefined;
}

/** The client of the demo's steps, which know no attack. */
function friendly({ partner }: AttackTarget): Parameters<typeof watch>[0] {
  const call = async (method: 'GET' | 'PUT', path: string, body?: unknown): Promise<unknown> => {
    const answer = await partner.send(method, path, body === undefined ? {} : { body });
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${String(answer.body?.code)}`);
    return answer.body;
  };
  return { call } as unknown as Parameters<typeof watch>[0];
}

function leftOut(what: string): AttackOutcome {
  return { id: 'SEC-4', what, statuses: {}, answerBytes: 0, held: true, remark: 'left out: no made-up firm came that far' };
}

/** An application in OFFERED, of the first few firms that gets there. */
async function offered(target: AttackTarget): ReturnType<typeof firmIn> {
  for (let time = 0; time < 6; time++) {
    const found = await firmIn(target, 'OFFERED');
    if (found) return found;
  }
  return undefined;
}

/** Many writes to one application or loan at the same moment (SEC-4). */
export const attackWithBursts: AttackGroup = async function* (target) {
  const { partner } = target;
  const first = await offered(target);
  if (!first) {
    yield leftOut('bursts of writes');
    return;
  }
  const base = `/v1/loan-applications/${first}`;
  const offerId = (await partner.get(`${base}/offer`)).body?.offerId;
  yield await burst(target, partner, 'acceptances', () => `${base}/offer-acceptances/${newId()}`, { offerId, costSheetAcknowledged: true });
  const signing = await watch(friendly(target), first, ({ status }) => status === 'CONTRACTING', STEP_TIMEOUT_MS);
  const contractSha256 = signing.contract?.contractSha256 ?? createHash('sha256').digest('hex');
  yield await burst(target, partner, 'signatures', () => `${base}/signatures/${newId()}`, { contractSha256 });
  const active = await watch(friendly(target), first, ({ status, loanId }) => status === 'ACTIVE' && loanId !== null, STEP_TIMEOUT_MS);
  const second = await offered(target);
  if (!second) yield leftOut('cancellations');
  else {
    const cancel = `/v1/loan-applications/${second}/cancellations`;
    yield await burst(target, partner, 'cancellations', () => `${cancel}/${newId()}`, { reasonCode: 'APPLICANT_WITHDREW' });
  }
  if (active.loanId === null) yield leftOut('repayments');
  else yield* repayments(target, active.loanId);
};

async function* repayments(target: AttackTarget, loanId: string): AsyncGenerator<AttackOutcome> {
  const { partner } = target;
  const base = `/v1/loans/${loanId}`;
  for (let look = 0; look < 50 && (await partner.get(base)).status === 404; look++) await new Promise((done) => setTimeout(done, 200));
  const transfer = { amountMinor: '100', currency: 'CNY', receivedOn: businessDate(new Date()), bankReference: `ATTACK-${newId()}` };
  yield await burst(target, partner, 'repayments of one transfer', () => `${base}/repayments/${newId()}`, transfer);
  const huge = { ...transfer, amountMinor: '999999999999999999', bankReference: `ATTACK-${newId()}` };
  const answer = await partner.put(`${base}/repayments/${newId()}`, huge);
  const { body: loan } = await partner.get(base);
  const outcome = judge('F18', 'a repayment of 10^16 yuan', [answer], ({ status }) => status < 500);
  yield loan?.status === 'SETTLED' ? { ...outcome, held: false, remark: 'the loan is settled by it' } : outcome;
}
