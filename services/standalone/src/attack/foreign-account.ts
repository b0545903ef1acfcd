import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@millrace/contracts';
import { applicationOf } from '../demo/apply.js';
import type { AttackGroup } from './attack.js';
import { judge } from './judge.js';

const LOOKS = 40;
const LOOK_EVERY_MS = 500;
/** Where an application of a firm without other faults waits for nobody. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['OFFERED', 'CONTRACTING', 'ACTIVE']);

/** A loan asked for to an account in somebody else's name: never offered without a person (SEC-9, T17). */
export const attackWithForeignAccount: AttackGroup = async function* ({ partner, newFirm }) {
  const application = applicationOf(await newFirm(), new Date());
  const path = `/v1/loan-applications/${newId()}`;
  const submitted = await partner.put(path, { ...application, bankAccount: { accountName: '王某某私人账户', accountNumber: '6222000011112222' } });
  let last = submitted;
  for (let look = 0; look < LOOKS && submitted.status === 201; look++) {
    last = await partner.get(path);
    if (last.body?.decision || last.body?.waitingFor === 'staff' || ON_ITS_WAY.has(String(last.body?.status))) break;
    await delay(LOOK_EVERY_MS);
  }
  const outcome = judge('SEC-9', 'a loan to an account in somebody else’s name', [submitted, last], ({ status }) => status < 500);
  yield ON_ITS_WAY.has(String(last.body?.status)) ? { ...outcome, held: false, remark: `went on to ${String(last.body?.status)}` } : outcome;
};
