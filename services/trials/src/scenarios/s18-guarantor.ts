import type { SandboxFirm } from '@millrace/client';
import { GUARANTOR_CONSENTS, newId, type GuarantorParty } from '@millrace/contracts';
import {
  ACCEPT_OFFER,
  LIST_GUARANTEES,
  LIST_GUARANTORS,
  SHOW_LOAN,
  SHOW_OFFER,
  SIGN_CONTRACT,
  type BodyOf,
  type SUBMIT_APPLICATION,
} from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario, Scene } from './scenario.js';

const PARTNER = 'demo-partner';
const DOCUMENT = 'ab'.repeat(32);
const LIMIT = '60000000';

type NamedGuarantor = NonNullable<BodyOf<typeof SUBMIT_APPLICATION>['guarantors']>[number];

/** Somebody who stands for the whole loan beside the borrower, with consents of its own: a firm, or the person who signs for it. */
export function guarantorOf(party: GuarantorParty, { name, uscc, legalRepresentative }: SandboxFirm, now: Date): NamedGuarantor {
  const { mobile } = legalRepresentative;
  const grantedAt = new Date(now.getTime() - 1_000).toISOString();
  return {
    guarantorId: newId(),
    ...(party === 'firm' ? { firm: { name, uscc, mobile } } : { person: legalRepresentative }),
    kind: 'joint',
    limitMinor: LIMIT,
    consents: GUARANTOR_CONSENTS[party].map((type) => ({ consentId: newId(), type, textVersion: 'scenario', textSha256: DOCUMENT, grantedAt })),
  };
}

/** Takes the offer, so that all parties can sign. */
async function takeOffer({ stage }: Scene, applicationId: string): Promise<void> {
  await stage.reaches(applicationId, 'OFFERED');
  const { offerId } = await stage.ask(PARTNER, SHOW_OFFER, { applicationId });
  await stage.ask(PARTNER, ACCEPT_OFFER, { applicationId, acceptanceId: newId() }, { offerId, costSheetAcknowledged: true });
}

/** A person and a firm stand for a loan from its beginning: all parties sign, and the books have both. A guarantor who does not sign ends another application. */
export const S18_GUARANTOR: Scenario = {
  id: 'S18.guarantor',
  title: 'Guarantors sign before the money goes out, or there is no loan',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const firm = await stage.firm('s18guaranteed', { ...S01_FIRM, seed: 181 });
    const holding = await stage.firm('s18holding', { ...S01_FIRM, seed: 182 });
    const owner = await stage.firm('s18owner', { ...S01_FIRM, seed: 183 });
    const named = [guarantorOf('person', owner, stage.system.now()), guarantorOf('firm', holding, stage.system.now())];
    const sign = (id: string, contractSha256: string) => stage.ask(PARTNER, SIGN_CONTRACT, { applicationId: id, signatureId: newId() }, { contractSha256 });
    const guarantors = async (id: string) => (await stage.ask(PARTNER, LIST_GUARANTORS, { applicationId: id })).items;
    const states = async (id: string) => (await guarantors(id)).map(({ state }) => state);

    step('a firm applies, and two are named who stand for the loan');
    const applicationId = await stage.apply(firm, { guarantors: named });
    await takeOffer(scene, applicationId);
    const { contract } = await stage.reaches(applicationId, 'CONTRACTING');
    const asked = await guarantors(applicationId);
    check.equal('who is asked to sign', await states(applicationId), ['asked', 'asked']);
    check.that('nobody sees the person', !JSON.stringify(asked).includes(owner.legalRepresentative.idNumber));
    const early = await stage.refusal(PARTNER, SIGN_CONTRACT, { applicationId, signatureId: newId() }, { contractSha256: contract!.contractSha256 });
    check.equal('the borrower alone', [early.status, early.code], [409, 'GUARANTOR_NOT_SIGNED']);

    step('the guarantors sign, and then the borrower');
    for (const one of asked) await sign(applicationId, one.contract!.contractSha256);
    await eventually('the guarantors', async () => (await states(applicationId)).every((state) => state === 'signed'));
    await sign(applicationId, contract!.contractSha256);
    const { loanId } = await stage.paid(applicationId);
    const { items } = await stage.ask('demo-risk-officer', LIST_GUARANTEES, { loanId });
    const told = items.map(({ guaranteeId, state, limitMinor, periodMonths }) => ({ guaranteeId, state, limitMinor, periodMonths }));
    const expected = named.map(({ guarantorId: guaranteeId }) => ({ guaranteeId, state: 'live', limitMinor: LIMIT, periodMonths: 6 }));
    const inOrder = <T extends { readonly guaranteeId: string }>(list: readonly T[]): T[] =>
      [...list].sort((one, other) => (one.guaranteeId < other.guaranteeId ? -1 : 1));
    check.equal('who stands for the loan in its books', inOrder(told), inOrder(expected));
    const asManager = await stage.call('demo-account-manager', 'PUT', `/v1/loans/${loanId}/extensions/${newId()}`, {
      ...{ months: 3, reason: 'season', requestSha256: DOCUMENT, consents: [] },
    });
    check.equal('an extension without their consent', [asManager.status, asManager.body.code], [422, 'GUARANTOR_CONSENT_MISSING']);
    check.equal('the loan', (await stage.ask('demo-risk-officer', SHOW_LOAN, { loanId })).guaranteeStatus, 'live');
    alwaysHeld.of(applicationId, firm, loanId);

    step('another firm applies, and its guarantor does not sign');
    const other = await stage.firm('s18void', { ...S01_FIRM, seed: 184 });
    const unwilling = await stage.firm('s18unwilling', { ...S01_FIRM, seed: 185, declinesSignature: true });
    const voidId = await stage.apply(other, { guarantors: [guarantorOf('firm', unwilling, stage.system.now())] });
    await takeOffer(scene, voidId);
    await stage.reaches(voidId, 'CONTRACTING');
    await sign(voidId, (await guarantors(voidId))[0]!.contract!.contractSha256);
    const ended = await stage.reaches(voidId, 'CANCELLED');
    check.equal('what is left of it', [await states(voidId), ended.loanId], [['refused'], null]);
    check.equal('what the bank has paid', await stage.paidTo(other.bankAccount.accountNumber), undefined);
    alwaysHeld.of(voidId, other);
  },
};
