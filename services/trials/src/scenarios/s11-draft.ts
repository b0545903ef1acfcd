import { newId } from '@millrace/contracts';
import {
  CANCEL_DRAFT,
  GIVE_DRAFT_CONSENT,
  LIST_CONSENT_TEXTS,
  LIST_DISCLOSURES,
  SAVE_DRAFT,
  SHOW_APPLICATION,
  SHOW_DRAFT,
  SHOW_DRAFT_PAGE,
  SUBMIT_DRAFT,
  WITHDRAW_DRAFT_CONSENT,
} from '@millrace/contracts/api';
import { applicationOf, type SandboxFirm } from '@millrace/client';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario, Scene } from './scenario.js';

const DAY_MS = 86_400_000;
const BY = 'demo-partner';

/** Gives each consent that the product needs by itself, to the lender’s own text; answers the id of each by its type. */
async function giveConsents({ stage }: Scene, applicationId: string): Promise<Map<string, string>> {
  const { items } = await stage.ask(BY, LIST_CONSENT_TEXTS, { language: 'zh-CN' });
  const given = new Map<string, string>();
  for (const { type, textVersion, textSha256 } of items) {
    const consentId = newId();
    const consent = { type, textVersion, textSha256, grantedAt: stage.system.now().toISOString() } as const;
    await stage.ask(BY, GIVE_DRAFT_CONSENT, { applicationId, consentId }, consent as never);
    given.set(type, consentId);
  }
  return given;
}

/** Shows every page and has it ticked a minute later. */
async function showPages({ stage }: Scene, applicationId: string): Promise<void> {
  const { items } = await stage.ask(BY, LIST_DISCLOSURES, { language: 'zh-CN' });
  for (const { type, textSha256 } of items) {
    const ids = { applicationId, viewId: newId() };
    const page = { type, textSha256, shownAt: stage.system.now().toISOString() };
    await stage.ask(BY, SHOW_DRAFT_PAGE, ids, page as never);
    await stage.ask(BY, SHOW_DRAFT_PAGE, ids, { ...page, tickedAt: page.shownAt } as never);
  }
}

async function filledIn({ stage, check }: Scene, applicationId: string, firm: SandboxFirm): Promise<void> {
  const { productCode, requestedAmountMinor, currency, tenorMonths, repaymentMethod, purpose, company } = applicationOf(firm, stage.system.now());
  await stage.ask(BY, SAVE_DRAFT, { applicationId }, { productCode });
  const fields = { productCode, requestedAmountMinor, currency, tenorMonths, repaymentMethod, purpose, company };
  const saved = await stage.ask(BY, SAVE_DRAFT, { applicationId }, fields);
  check.equal(
    'fields that are missing',
    saved.missing.filter((name) => !name.includes('.')),
    [],
  );
}

/** A draft is filled in, agreed to one by one, a consent taken back and given anew, submitted, and offered; others are thrown away, or lapse after 30 days. */
export const S11_DRAFT: Scenario = {
  id: 'S11.draft',
  title: 'A draft with its consents one by one, and drafts that end',
  scorecard: 'product',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const firm = await stage.firm('s11draft', { ...S01_FIRM, seed: 112 });
    const applicationId = newId();
    const submit = () => {
      const { legalRepresentative, device, bankAccount } = applicationOf(firm, stage.system.now());
      return { legalRepresentative, bankAccount, ...(device ? { device } : {}) };
    };

    step('filled in');
    await filledIn(scene, applicationId, firm);
    check.equal('what its partner sees of it', (await stage.ask(BY, SHOW_APPLICATION, { applicationId })).status, 'DRAFT');
    check.equal('what another sees of it', (await stage.refusal('neighbour-partner', SHOW_DRAFT, { applicationId })).status, 404);
    check.equal('its answer without consents', (await stage.refusal(BY, SUBMIT_DRAFT, { applicationId }, submit())).code, 'CONSENT_MISSING');

    step('agreed to, one by one');
    const given = await giveConsents(scene, applicationId);
    await showPages(scene, applicationId);
    await stage.ask(BY, WITHDRAW_DRAFT_CONSENT, { applicationId, consentId: given.get('C2')! }, { withdrawnAt: stage.system.now().toISOString() });
    check.equal('its answer with a consent withdrawn', (await stage.refusal(BY, SUBMIT_DRAFT, { applicationId }, submit())).code, 'CONSENT_MISSING');
    check.equal('events of all that', (await stage.eventsOf(applicationId)).length, 0);
    const text = (await stage.ask(BY, LIST_CONSENT_TEXTS, { language: 'zh-CN', type: 'C2' })).items[0]!;
    const { textVersion, textSha256 } = text;
    const again = { type: 'C2', textVersion, textSha256, grantedAt: stage.system.now().toISOString() } as const;
    await stage.ask(BY, GIVE_DRAFT_CONSENT, { applicationId, consentId: newId() }, again);
    check.equal('what is missing', (await stage.ask(BY, SHOW_DRAFT, { applicationId })).missing, []);

    step('submitted, and offered');
    await stage.ask(BY, SUBMIT_DRAFT, { applicationId }, submit());
    await stage.ask(BY, SUBMIT_DRAFT, { applicationId }, submit());
    const offered = await stage.reaches(applicationId, 'OFFERED');
    check.equal('the decision', offered.decision?.outcome, 'approved');
    check.equal('the draft', (await stage.ask(BY, SHOW_DRAFT, { applicationId })).status, 'SUBMITTED');

    step('thrown away, and lapsed');
    const [thrown, idle] = [newId(), newId()];
    for (const id of [thrown, idle]) await stage.ask(BY, SAVE_DRAFT, { applicationId: id }, { productCode: 'invoice-loan' });
    const cancelled = await stage.ask(BY, CANCEL_DRAFT, { applicationId: thrown }, { reasonCode: 'CHANGED_MIND' });
    check.equal('what is kept of the one that was thrown away', cancelled.fields, {});
    await stage.pass(30 * DAY_MS);
    const lapsed = await eventually('a draft that has lapsed', async () => {
      const draft = await stage.ask(BY, SHOW_DRAFT, { applicationId: idle });
      return draft.status === 'EXPIRED' && draft;
    });
    check.equal('what is kept of the one that lapsed', lapsed.fields, {});
    alwaysHeld.of(applicationId, firm);
  },
};
