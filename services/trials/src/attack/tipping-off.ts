import { applicationOf } from '@millrace/client';
import { newId } from '@millrace/contracts';
import type { AttackGroup } from './attack.js';
import type { WireAnswer } from './attack-client.js';
import { broken, judge, notPlayed } from './judge.js';
import { applied } from './lead-application.js';

/** Frauds of the sandbox differ from healthy firms in one thing each, and not every one is found by a machine. */
const FRAUDS_TRIED = 12;
const DATE = /\d{4}-\d{2}-\d{2}/;

const wording = ({ status, body }: WireAnswer): string => JSON.stringify([status, body?.code, body?.title, body?.detail]);

/** What a refusal gives away: of a firm that another has brought, and of one that was refused for what looked like fraud (SEC-12). */
export const attackForTippingOff: AttackGroup = async function* (target) {
  const { partner, staff, newFirm } = target;
  const live = await newFirm('healthy');
  const mine = await partner.put(`/v1/loan-applications/${newId()}`, applicationOf(live, new Date()));
  const ofAnother = await staff['account-manager'].put(`/v1/loan-applications/${newId()}`, applicationOf(live, new Date()));
  const what = 'a firm that another has brought';
  if (mine.status !== 201) {
    yield notPlayed('SEC-12', what, `${mine.status} ${String(mine.body?.code)}`);
    return;
  }
  const hidden = judge('SEC-12', what, [ofAnother], ({ status, body }) => status === 409 && body?.code === 'APPLICATION_NOT_POSSIBLE');
  yield DATE.test(ofAnother.text) ? broken(hidden, 'a date is told') : hidden;
  for (let tried = 0; tried < FRAUDS_TRIED; tried++) {
    const firm = await newFirm('fraudulent');
    const { decision } = await applied(target, firm);
    if (decision?.outcome !== 'declined') continue;
    const again = await partner.put(`/v1/loan-applications/${newId()}`, applicationOf(firm, new Date()));
    // No block is nothing to tell of.
    if (again.status === 201) continue;
    const outcome = judge('SEC-12', 'a firm that is blocked reads the same', [again], ({ status }) => status === 409);
    yield wording(again) === wording(ofAnother) ? outcome : broken(outcome, `${String(again.body?.code)} is worded otherwise`);
    return;
  }
  yield notPlayed('SEC-12', 'a firm that is blocked reads the same', `none of ${FRAUDS_TRIED} firms was blocked`);
};
