import { CONSENT_TYPES, newId } from '@millrace/contracts';

/** A well-formed application as a partner sends it. */
export function applicationBody(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    productCode: 'invoice-loan',
    requestedAmountMinor: '30000000',
    currency: 'CNY',
    tenorMonths: 12,
    repaymentMethod: 'equal_instalment',
    purpose: 'working_capital',
    company: { uscc: '91990100MA0TE00010', name: '样例商贸有限公司', declaredRevenueMinor: '480000000', industryCode: 'F51' },
    legalRepresentative: { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001' },
    device: { fingerprint: 'device-1', formFillSeconds: 240 },
    bankAccount: { accountName: '样例商贸有限公司', accountNumber: '6200000000000001' },
    consents: CONSENT_TYPES.map((type) => ({ consentId: newId(), type, textVersion: 'v1', textSha256: 'a'.repeat(64), grantedAt: '2026-03-02T00:59:00.000Z' })),
    disclosuresAcknowledged: ['risk_warning', 'cost_explainer'],
    ...change,
  };
}
