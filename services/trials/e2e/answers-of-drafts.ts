import { newId } from '@millrace/contracts';
import { LIST_CONSENT_TEXTS, LIST_DISCLOSURES } from '@millrace/contracts/api';
import { applicationOf } from '@millrace/client';
import { S01_FIRM } from '../src/stage/scenario-firms.js';
import type { Lender } from './lender.js';

const PARTNER = 'demo-partner';

/** Every call of a draft, as everybody, each once right and once wrong. */
export async function askOfDrafts(lender: Lender, everybody: readonly string[]): Promise<void> {
  const now = (): string => lender.system.now().toISOString();
  const {
    legalRepresentative,
    bankAccount,
    device,
    consents: _given,
    disclosuresAcknowledged: _seen,
    ...fields
  } = applicationOf(await lender.firm('documented-draft', { ...S01_FIRM, seed: 105 }), lender.system.now());
  const people = { legalRepresentative, bankAccount, ...(device ? { device } : {}) };
  const [kept, thrown] = [newId(), newId()];
  const call = (path: string, body: unknown, client = PARTNER) => lender.call(client, 'PUT', `/v1/drafts/${path}`, body);
  for (const client of everybody) await call(newId(), {}, client);
  for (const id of [kept, thrown]) for (const body of [{}, fields, { productCode: 7 }]) await call(id, body);
  await call(`${kept}/submission`, people);
  await call('1', {});
  const { items: texts } = await lender.ask(PARTNER, LIST_CONSENT_TEXTS, { language: 'zh-CN' });
  for (const { type, textVersion, textSha256 } of texts) {
    const consentId = newId();
    const consent = { type, textVersion, textSha256, grantedAt: now() };
    for (const body of [consent, consent, { ...consent, textSha256: 'a'.repeat(64) }]) await call(`${kept}/consents/${consentId}`, body);
    await call(`${kept}/consents/${newId()}`, consent);
  }
  const { items: pages } = await lender.ask(PARTNER, LIST_DISCLOSURES, { language: 'zh-CN' });
  for (const { type, textSha256 } of pages) {
    const view = `${kept}/disclosure-views/${newId()}`;
    for (const tickedAt of [undefined, '2020-01-01T00:00:00Z', now()])
      await call(view, { type, textSha256, shownAt: now(), ...(tickedAt ? { tickedAt } : {}) });
  }
  const other = newId();
  const [{ textVersion, textSha256 }] = texts as [(typeof texts)[number]];
  await call(`${thrown}/consents/${other}`, { type: 'C1', textVersion, textSha256, grantedAt: now() });
  for (const consentId of [other, newId()]) await call(`${thrown}/consents/${consentId}/withdrawal`, { withdrawnAt: now() });
  for (const client of everybody) for (const path of [`/v1/drafts/${thrown}`, `/v1/loan-applications/${thrown}`]) await lender.call(client, 'GET', path);
  await call(`${thrown}/cancellation`, { reasonCode: 'CHANGED_MIND' });
  await call(thrown, {});
  for (const _ of [1, 2]) await call(`${kept}/submission`, people);
}
