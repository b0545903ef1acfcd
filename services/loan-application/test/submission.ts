import { CONSENT_TYPES, newId, type Finding, type FirmFacts, type KycPassed, type PayloadOf, type ScoreComputed } from '@millrace/contracts';

let firms = 0;

/** A firm's code with a valid check character; each call gives another firm. */
export function nextUscc(): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  firms += 1;
  const body = `91990100MA0TE${String(firms).padStart(4, '0')}`;
  const sum = [...body].reduce((total, character, index) => total + alphabet.indexOf(character) * (3 ** index % 31), 0);
  return `${body}${alphabet[(31 - (sum % 31)) % 31]}`;
}

export interface SubmissionBody {
  productCode: string;
  requestedAmountMinor: unknown;
  currency: string;
  tenorMonths: unknown;
  repaymentMethod: string;
  purpose: string;
  company: { uscc: string; name: string; declaredRevenueMinor: string; industryCode: string };
  consents: { consentId: string; type: string; textVersion: string; textSha256: string; grantedAt: string }[];
  disclosuresAcknowledged: string[];
  applicantRecordId: string;
  payeeRecordId: string;
  payeeAccount?: string;
  renewsLoanId?: string;
  guarantors?: object[];
}

/** All nine consents, each granted a minute before the submission. */
export function consentsOf(submittedAt: Date): SubmissionBody['consents'] {
  const grantedAt = new Date(submittedAt.getTime() - 60_000).toISOString();
  return CONSENT_TYPES.map((type) => ({ consentId: newId(), type, textVersion: 'v1', textSha256: 'a'.repeat(64), grantedAt }));
}

/** S01: 300,000 over 12 months with all nine consents. */
export function submission(change: Partial<SubmissionBody> = {}): SubmissionBody {
  return {
    productCode: 'invoice-loan',
    requestedAmountMinor: '30000000',
    currency: 'CNY',
    tenorMonths: 12,
    repaymentMethod: 'equal_instalment',
    purpose: 'working_capital',
    company: { uscc: nextUscc(), name: '样例商贸有限公司', declaredRevenueMinor: '480000000', industryCode: 'F51' },
    consents: consentsOf(new Date('2026-03-02T01:00:00Z')),
    disclosuresAcknowledged: ['risk_warning', 'cost_explainer'],
    applicantRecordId: newId(),
    payeeRecordId: newId(),
    ...change,
  };
}

/** What the sources that are looked at before a payment have answered at an instant. */
export function provenanceOf(fetchedAt: string): FirmFacts['provenance'] {
  const replySha256 = 'd'.repeat(64);
  return ['registry', 'courts', 'watchlist', 'enterprise_bureau'].map((source) => ({ source, queryId: newId(), fetchedAt, replySha256 }));
}

/** Facts of vector (a), the firm of S01. */
export const FACTS: FirmFacts = {
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
  lenderCount: 2,
  invoices: null,
  // Answers of the day on which the suites' clock starts: young enough for a payment of that day.
  provenance: provenanceOf('2026-03-02T01:00:00.000Z'),
};

/** A clean outcome of verification. */
export function clean(applicationId: string, change: { fraudScore?: number; findings?: Finding[]; facts?: FirmFacts } = {}): PayloadOf<KycPassed> {
  return { applicationId, fraudScore: 120, findings: [], facts: FACTS, ...change };
}

/** The score of S01. */
export function score(applicationId: string, change: Partial<PayloadOf<ScoreComputed>> = {}): PayloadOf<ScoreComputed> {
  return {
    applicationId,
    scoreId: newId(),
    purpose: 'decision',
    score: 700,
    pd: '0.01299',
    grade: 'R4',
    riskIndex: 72,
    limitMinor: '32000000',
    bindingCap: 'dscr',
    caps: [{ name: 'dscr', amountMinor: '32325481' }],
    rateBps: 635,
    reasons: [{ code: 'SALES_UNSTEADY', sentence: 'Invoiced sales vary strongly from month to month.' }],
    scorecardId: 'sme-invoice-v1',
    scorecardSha256: 'b'.repeat(64),
    inputsSha256: 'c'.repeat(64),
    policyVersion: 'online_microloan.v0',
    ...change,
  };
}
