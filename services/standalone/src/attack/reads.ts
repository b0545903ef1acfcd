import { newId } from '@millrace/contracts';
import { applicationOf } from '../demo/apply.js';
import type { AttackGroup } from './attack.js';
import { judge } from './judge.js';

const INSIDE = ['pd', 'riskIndex', 'bindingCap', 'scorecardSha256', 'scorecardId'];

/** What a partner may neither read nor write: model internals, other people's accounts, identities that cannot be (SEC-9, SEC-12, SEC-16, T03, T63). */
export const attackByReading: AttackGroup = async function* ({ partner, newFirm }) {
  const list = await partner.get('/v1/loan-applications?limit=50');
  const shown = (list.body?.items ?? []).flatMap(({ score }) => Object.keys(score ?? {}));
  const leaks = INSIDE.filter((name) => shown.includes(name));
  const model = judge('SEC-16', 'model internals in a partner’s list', [list], ({ status }) => status === 200);
  yield leaks.length > 0 ? { ...model, held: false, remark: leaks.join(', ') } : model;
  const staffOnly = await Promise.all(['history', 'verification', 'scores', 'payouts'].map((part) => partner.get(`/v1/loan-applications/${newId()}/${part}`)));
  yield judge('SEC-13', 'staff’s reads, asked by a partner', staffOnly, ({ status }) => status === 403 || status === 404);
  const firm = await newFirm();
  const application = applicationOf(firm, new Date());
  const digit = firm.legalRepresentative.idNumber.endsWith('1') ? '2' : '1';
  const typo = { ...firm.legalRepresentative, idNumber: `${firm.legalRepresentative.idNumber.slice(0, 17)}${digit}` };
  const wrongId = await partner.put(`/v1/loan-applications/${newId()}`, { ...application, legalRepresentative: typo });
  yield judge('T63', 'an id number whose check digit is wrong', [wrongId], ({ status }) => status === 400 || status === 422);
  const uscc = `${firm.uscc.slice(0, 17)}${firm.uscc.endsWith('A') ? 'B' : 'A'}`;
  const wrongUscc = await partner.put(`/v1/loan-applications/${newId()}`, { ...application, company: { ...(application['company'] as object), uscc } });
  yield judge('T03', 'a credit code whose check character is wrong', [wrongUscc], ({ status }) => status === 400 || status === 422);
  const right = await partner.put(`/v1/loan-applications/${newId()}`, application);
  yield judge('T03', 'the corrected application is not barred', [right], ({ status }) => status === 201);
};
