import { createHash } from 'node:crypto';
import { CONSENT_TYPES, newId } from '@millrace/contracts';
import type { ApplicationView, GatewayClient } from './gateway-client.js';
import type { SandboxFirm } from './sandbox-client.js';

const CONSENT_TEXT_VERSION = 'demo-1';

/** Body of an application, with a consent for each of C1–C9 given a moment ago. */
export function applicationOf(firm: SandboxFirm, now: Date): Record<string, unknown> {
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
    consents: CONSENT_TYPES.map((type) => ({
      consentId: newId(),
      type,
      textVersion: CONSENT_TEXT_VERSION,
      textSha256: createHash('sha256').update(`${CONSENT_TEXT_VERSION} ${type}`).digest('hex'),
      grantedAt,
    })),
    disclosuresAcknowledged: ['risk_warning', 'cost_explainer'],
  };
}

/** Submits the firm's application under a new id. */
export async function apply(partner: GatewayClient, firm: SandboxFirm, now: Date): Promise<ApplicationView> {
  return partner.call('PUT', `/v1/loan-applications/${newId()}`, applicationOf(firm, now));
}
