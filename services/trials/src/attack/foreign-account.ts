import type { SandboxFirm } from '@millrace/client';
import type { AttackGroup, AttackTarget } from './attack.js';
import type { WireAnswer } from './attack-client.js';
import { broken, judge, notPlayed } from './judge.js';
import { acceptanceOf, offered, signatureOf, watchApplication, write } from './lead-application.js';

const FOREIGN = { accountName: '王某某私人账户', accountNumber: '6222000011112222' };
const withForeignAccount = (firm: SandboxFirm): SandboxFirm => ({ ...firm, bankAccount: FOREIGN });
const PATIENCE_MS = 10_000;
const WHAT = 'a payout to somebody else’s account';

/** Lets a payment officer wave a held payout through, as one who looks at nothing would. */
async function waveThrough({ staff }: AttackTarget, applicationId: string): Promise<WireAnswer | undefined> {
  const tasks = (await staff['payment-officer'].get('/v1/review-tasks?status=open&limit=200')).body?.items ?? [];
  const task = tasks.find((one) => one.applicationId === applicationId);
  if (!task?.reviewTaskId) return undefined;
  return write(staff['payment-officer'], { path: `/v1/review-tasks/${task.reviewTaskId}/decisions`, body: { decision: 'approve', reasonCode: 'PAY_AGAIN' } });
}

/** A loan to an account in somebody else's name, taken as far as it goes: accepted, signed, and approved by whoever is asked. It is never paid (SEC-9, T17). */
export const attackWithForeignAccount: AttackGroup = async function* (target) {
  const view = await offered(target, withForeignAccount);
  const { applicationId } = view;
  const answers: WireAnswer[] = [];
  if (view.status === 'OFFERED') {
    answers.push(await write(target.partner, await acceptanceOf(target, applicationId)));
    const signature = await signatureOf(target, applicationId);
    if (!signature) {
      yield notPlayed('SEC-9', WHAT, 'no contract came');
      return;
    }
    answers.push(await write(target.partner, signature));
    await watchApplication(target, applicationId, ({ waitingFor }) => waitingFor === 'staff' || waitingFor === null);
    const waved = await waveThrough(target, applicationId);
    if (waved) answers.push(waved);
    await new Promise((done) => setTimeout(done, PATIENCE_MS));
  }
  const last = await target.partner.get(`/v1/loan-applications/${applicationId}`);
  const payouts = (await target.staff['payment-officer'].get(`/v1/loan-applications/${applicationId}/payouts`)).body?.items ?? [];
  const status = String(last.body?.drawdown?.status ?? last.body?.status);
  const outcome = judge('SEC-9', WHAT, [...answers, last], (answer) => answer.status < 500);
  const paid = Boolean(last.body?.loan) || payouts.some((payout) => payout.status === 'PAID');
  if (paid) yield broken(outcome, `it was paid: ${status}`);
  // Under way still is no answer: it may be paid a moment later.
  else if (last.body?.waitingFor === 'system') yield notPlayed('SEC-9', WHAT, `it is still in ${status}`);
  else yield { ...outcome, remark: `ends in ${status}, payouts: ${payouts.map((payout) => payout.status).join(', ') || 'none'}` };
};
