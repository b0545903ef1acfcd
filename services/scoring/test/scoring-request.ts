import { newId, ScoringRequested, type FirmFacts, type PayloadOf } from '@millrace/contracts';

/** Facts of vector (a), S01; the firm has no invoices until a suite gives it a batch. */
export const S01_FACTS: FirmFacts = {
  monthsInBusiness: 42,
  industryCode: 'F51',
  declaredRevenueMinor: '480000000',
  invoicedRevenue12mMinor: '480000000',
  taxClass: 'B',
  taxPaid12mMinor: '18000000',
  cfads12mMinor: '42000000',
  workingCapitalNeedMinor: '66133333',
  bureauRecordFound: true,
  bureauClean: true,
  ownerBureauClean: true,
  totalDebtMinor: '20000000',
  unsecuredDebtMinor: '0',
  lenderCount: 1,
  invoices: null,
  provenance: [{ source: 'tax', queryId: '019570a0-0000-7000-8000-000000000001', fetchedAt: '2026-03-02T00:59:00.000Z', replySha256: 'a'.repeat(64) }],
};

/** Facts of vector (b), S07: no bureau record, the owner clean. */
export const S07_FACTS: FirmFacts = {
  ...S01_FACTS,
  monthsInBusiness: 18,
  declaredRevenueMinor: '260000000',
  invoicedRevenue12mMinor: '260000000',
  taxClass: 'M',
  taxPaid12mMinor: '6000000',
  cfads12mMinor: '26000000',
  workingCapitalNeedMinor: null,
  bureauRecordFound: false,
  bureauClean: null,
  totalDebtMinor: null,
  unsecuredDebtMinor: null,
  lenderCount: null,
};

/** A request of the hub for 300,000 yuan over 12 months. */
export function scoringRequest(facts: FirmFacts, over: Partial<PayloadOf<ScoringRequested>> = {}): ScoringRequested {
  return new ScoringRequested({
    applicationId: newId(),
    purpose: 'decision',
    requestedAmountMinor: '30000000',
    productLimitMinor: '300000000',
    tenorMonths: 12,
    repaymentMethod: 'equal_instalment',
    policyVersion: 'online_microloan.v0',
    invoiceConsentId: newId(),
    facts,
    ...over,
  });
}
