import { policyOf } from '@millrace/policy';
import type { ScoreInputs } from '@millrace/scoring/evaluate-firm';
import { loadScorecard } from '@millrace/scoring/load-scorecard';

/** A firm that asks for a loan with the principal due at the end, in the form in which scoring stores it. */
export const STORED_CASE: ScoreInputs = {
  request: {
    purpose: 'decision',
    requestedAmountMinor: '90000000',
    productLimitMinor: '300000000',
    tenorMonths: 12,
    repaymentMethod: 'bullet',
    policyVersion: 'online_microloan.v0',
    invoiceConsentId: null,
  },
  facts: {
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
    provenance: [],
  },
  invoices: null,
  scorecard: { id: 'scenario-v0', sha256: loadScorecard('scenario-v0').sha256 },
  policySha256: policyOf('online_microloan.v0').sha256,
  exposureCapMinor: '1000000000',
};
