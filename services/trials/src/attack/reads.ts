import { applicationOf } from '@millrace/client';
import { newId } from '@millrace/contracts';
import { STAFF, type AttackGroup, type AttackTarget, type Staff } from './attack.js';
import type { WireAnswer } from './attack-client.js';
import { broken, judge, notPlayed } from './judge.js';

/** What of a score says how the lender judges, and names of findings that come out of a bureau or of a suspicion. */
const INSIDE = ['pd', 'riskIndex', 'bindingCap', 'limitMinor', 'scorecardSha256', 'scorecardId'];
const NEVER_TOLD = /"(?:[A-Z_]*BUREAU[A-Z_]*|MANY_LENDERS|[A-Z_]*SANCTION[A-Z_]*|[A-Z_]*FRAUD[A-Z_]*|[A-Z_]*WATCHLIST[A-Z_]*)"/;
const TIMELINES_READ = 15;

/** Who may read which part of an application's file, as docs/access.md commits; everybody else is refused. */
const FILE: Readonly<Record<string, readonly Staff[]>> = {
  history: ['risk-officer', 'approver', 'auditor', 'compliance'],
  verification: ['risk-officer', 'auditor', 'compliance'],
  screening: ['compliance'],
  scores: ['risk-officer', 'approver', 'auditor'],
  payouts: ['risk-officer', 'payment-officer', 'auditor'],
};

/** What a partner may neither read nor write: model internals, the lender's own file, identities that cannot be (SEC-13, SEC-16, SEC-17, T03, T63). */
export const attackByReading: AttackGroup = async function* (target) {
  const list = await target.partner.get('/v1/loan-applications?limit=50');
  const decided = (list.body?.items ?? []).filter(({ decision }) => decision);
  if (decided.length === 0) yield notPlayed('SEC-16', 'a partner’s reads', 'the partner has no application that is decided');
  else {
    const leaks = INSIDE.filter((name) => list.text.includes(`"${name}"`));
    const model = judge('SEC-16', 'model internals in a partner’s list', [list], ({ status }) => status === 200);
    yield leaks.length > 0 ? broken(model, leaks.join(', ')) : model;
    const read = (list.body?.items ?? [])
      .slice(0, TIMELINES_READ)
      .map(({ applicationId }) => target.partner.get(`/v1/loan-applications/${applicationId}/timeline`));
    const timelines = await Promise.all(read);
    const told = timelines.map(({ text }) => NEVER_TOLD.exec(text)?.[0]).find((code) => code !== undefined);
    const suspicion = judge('SEC-16', 'bureau and suspicion in a partner’s timelines', timelines, ({ status }) => status === 200);
    yield told ? broken(suspicion, told) : suspicion;
    yield* readFile(target, decided[0]!.applicationId!);
  }
  yield* typingErrors(target);
};

/** Every role asks for every part of a file, and gets its own. */
async function* readFile({ partner, staff }: AttackTarget, applicationId: string): ReturnType<AttackGroup> {
  const path = (part: string): string => `/v1/loan-applications/${applicationId}/${part}`;
  const parts = Object.keys(FILE);
  const byPartner = await Promise.all(parts.map((part) => partner.get(path(part))));
  yield judge('SEC-17', 'the lender’s file of an application, for a partner', byPartner, ({ status }) => status === 403);
  const asked = parts.flatMap((part) => STAFF.map((who) => ({ part, who, may: FILE[part]!.includes(who) })));
  const answers = new Map<WireAnswer, (typeof asked)[number]>();
  for (const one of asked) answers.set(await staff[one.who].get(path(one.part)), one);
  // What is not there yet (404) is no refusal of the role.
  const fits = (answer: WireAnswer): boolean => (answers.get(answer)!.may ? answer.status === 200 || answer.status === 404 : answer.status === 403);
  const outcome = judge('SEC-13', 'the lender’s file, for every role of staff', [...answers.keys()], fits);
  const wrong = [...answers].filter(([answer]) => !fits(answer)).map(([{ status }, { part, who }]) => `${who} ${part} ${status}`);
  yield wrong.length > 0 ? broken(outcome, wrong.join(', ')) : outcome;
}

/** Identities that cannot be are refused on their field, and bar nobody from being put right. */
async function* typingErrors({ partner, newFirm }: AttackTarget): ReturnType<AttackGroup> {
  const firm = await newFirm('healthy');
  const application = applicationOf(firm, new Date());
  const company = application['company'] as object;
  const digit = firm.legalRepresentative.idNumber.endsWith('1') ? '2' : '1';
  const typo = { ...firm.legalRepresentative, idNumber: `${firm.legalRepresentative.idNumber.slice(0, 17)}${digit}` };
  const put = (change: object): Promise<WireAnswer> => partner.put(`/v1/loan-applications/${newId()}`, { ...application, ...change });
  const isRefusedField = ({ status, body }: WireAnswer): boolean => status === 400 && body?.code === 'VALIDATION_FAILED';
  yield judge('T63', 'an id number whose check digit is wrong', [await put({ legalRepresentative: typo })], isRefusedField);
  const uscc = `${firm.uscc.slice(0, 17)}${firm.uscc.endsWith('A') ? 'B' : 'A'}`;
  yield judge('T15', 'a credit code whose check character is wrong', [await put({ company: { ...company, uscc } })], isRefusedField);
  yield judge('T03', 'the corrected application is not barred', [await put({})], ({ status }) => status === 201);
}
