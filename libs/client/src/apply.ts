import { createHash } from 'node:crypto';
import { CONSENT_TYPES, newId, type ConsentType } from '@millrace/contracts';
import { LIST_CONSENT_TEXTS, SUBMIT_APPLICATION, type BodyOf } from '@millrace/contracts/api';
import type { ApiClient } from './api-client.js';
import type { ApplicationView } from './gateway-client.js';
import type { SandboxFirm } from './sandbox-client.js';

const CONSENT_TEXT_VERSION = 'demo-1';

/** A text that an applicant agrees to, as a consent names it. */
export interface ConsentText {
  readonly type: ConsentType;
  readonly textVersion: string;
  readonly textSha256: string;
}

/** Texts of the partner's own, which the lender takes and marks as such. */
const OWN_TEXTS: readonly ConsentText[] = CONSENT_TYPES.map((type) => ({
  type,
  textVersion: CONSENT_TEXT_VERSION,
  textSha256: createHash('sha256').update(`${CONSENT_TEXT_VERSION} ${type}`).digest('hex'),
}));

/** Body of an application, with a consent for each text given a moment ago; texts of our own where none of the lender's are given. */
export function applicationOf(firm: SandboxFirm, now: Date, texts: readonly ConsentText[] = OWN_TEXTS): BodyOf<typeof SUBMIT_APPLICATION> {
  const grantedAt = new Date(now.getTime() - 1_000).toISOString();
  return {
    productCode: 'invoice-loan',
    requestedAmountMinor: firm.requestedAmountMinor,
    currency: 'CNY',
    tenorMonths: firm.tenorMonths,
    repaymentMethod: 'equal_instalment',
    purpose: 'working_capital',
    company: { uscc: firm.uscc, name: firm.name, declaredRevenueMinor: firm.declaredRevenueMinor, industryCode: firm.industryCode },
    legalRepresentative: firm.legalRepresentative,
    device: { fingerprint: `device-of-${firm.firmId}`, formFillSeconds: 240 },
    bankAccount: firm.bankAccount,
    consents: texts.map(({ type, textVersion, textSha256 }) => ({ consentId: newId(), type, textVersion, textSha256, grantedAt })),
    disclosuresAcknowledged: ['risk_warning', 'cost_explainer'],
  };
}

async function lendersOf(partner: ApiClient): Promise<readonly ConsentText[]> {
  const { items } = await partner.ask(LIST_CONSENT_TEXTS, { language: 'zh-CN' });
  return items.flatMap(({ type, textVersion, textSha256 }) => (isConsentType(type) ? [{ type, textVersion, textSha256 }] : []));
}

const isConsentType = (type: string): type is ConsentType => (CONSENT_TYPES as readonly string[]).includes(type);

/** Texts of the lender, read once for each client: they are the same for every firm. */
const read = new WeakMap<ApiClient, Promise<readonly ConsentText[]>>();

async function lendersTexts(partner: ApiClient): Promise<readonly ConsentText[]> {
  const texts = read.get(partner) ?? lendersOf(partner);
  read.set(partner, texts);
  // A read that failed is made again for the next firm.
  texts.catch(() => read.delete(partner));
  return texts;
}

/** Submits the firm's application under a new id, with consents to the lender's texts. */
export async function apply(partner: ApiClient, firm: SandboxFirm, now: Date): Promise<ApplicationView> {
  return partner.ask(SUBMIT_APPLICATION, { applicationId: newId() }, applicationOf(firm, now, await lendersTexts(partner)));
}
