import type { ProfileSettings } from '../profile/firm-profile.js';

/** How a course of events is brought about, and what comes of it. */
export interface SandboxCase {
  readonly caseId: string;
  /** `firm`: made with `"case": caseId`; `request`: any firm that applies so; `fault`: switched on for all; `none`: not built yet. */
  readonly by: 'firm' | 'request' | 'fault' | 'none';
  /** What to do, where making the firm is not all. */
  readonly how: string | null;
  /** What happens then. */
  readonly outcome: string;
  /** Status that the application comes to by itself; null where it goes on after the signature, or there is no application. */
  readonly status: string | null;
}

/** What a case sets of a firm over {@link SOUND_FIRM}. */
export interface CaseFirm {
  readonly settings: ProfileSettings;
  /** Last four digits of its account, by which the bank decides. */
  readonly accountEnding?: string;
}

/** A firm that the engine approves for 300,000 yuan by itself, whatever its name, people and invoices: nothing that counts is left to the draw. */
export const SOUND_FIRM: ProfileSettings = {
  establishedOn: '2016-05-10',
  legalRepresentativeSince: '2016-05-10',
  industryCode: 'F51',
  revenue12mMinor: '1800000000',
  declaredRevenueMinor: '1800000000',
  declaredAnnualRevenueMinor: '1800000000',
  requestedAmountMinor: '30000000',
  tenorMonths: 12,
  historyMonths: 48,
  growthBps: 1_500,
  grossMarginBps: 2_500,
  variabilityBps: 3_000,
  monthsSinceLastSale: 0,
  topBuyerShareBps: 1_200,
  circularShareBps: 0,
  voidShareBps: 100,
  redLetterShareBps: 100,
  salesInvoicesPerMonth: 16,
  buyerCount: 36,
  supplierCount: 18,
  taxClass: 'A',
  taxPaid12mMinor: '62000000',
  arrearsMinor: '0',
  bureauFound: true,
  totalDebtMinor: '30000000',
  unsecuredDebtMinor: '0',
  lenderCount: 1,
  overdueNow: false,
  maxOverdueDays: 0,
  ownerBureauFound: true,
  ownerOverdueNow: false,
  ownerMaxOverdueDays: 0,
  statement: {
    cfads12mMinor: '190000000',
    ownFundsMinor: '80000000',
    profitMarginBps: 800,
    growthBps: 1_000,
    inventoryDays: 45,
    receivableDays: 60,
    payableDays: 40,
    prepaidDays: 10,
    advanceDays: 5,
    workingCapitalLoansMinor: '90000000',
    otherChannelsMinor: '0',
    revenuePriorYearMinor: '3600000000',
  },
};

/** What firms of a case have that {@link SOUND_FIRM} has not. */
export const CASE_FIRMS: Readonly<Record<string, CaseFirm>> = {
  approved: { settings: {} },
  declined: { settings: { taxClass: 'D' } },
  declined_listed: { settings: { legalRepresentativeDishonest: true } },
  review_verification: { settings: { faceScore: 0.8 } },
  review_approval: { settings: { requestedAmountMinor: '80000000' } },
  payout_refused: { settings: {}, accountEnding: '9003' },
  payout_wrong_holder: { settings: {}, accountEnding: '9002' },
  payout_unknown: { settings: {}, accountEnding: '9006' },
  payout_slow: { settings: {}, accountEnding: '9004' },
  signature_declined: { settings: { declinesSignature: true } },
  tax_later: { settings: { taxAnswersAfterSeconds: 60 } },
  tax_away: { settings: { taxAnswersAfterSeconds: 31_536_000 } },
};

/** Cases that a firm can be made for. */
export const FIRM_CASES = Object.keys(CASE_FIRMS);

const byFirm = (caseId: string, outcome: string, status: string | null): SandboxCase => ({ caseId, by: 'firm', how: null, outcome, status });
const byRequest = (caseId: string, how: string, outcome: string, status: string | null): SandboxCase => ({ caseId, by: 'request', how, outcome, status });

/** Every case, in the order in which a partner would try them. */
export const SANDBOX_CASES: readonly SandboxCase[] = [
  byFirm('approved', 'The engine approves 300,000 yuan by itself: an offer within seconds.', 'OFFERED'),
  byFirm('declined', 'Declined by a rule that nobody sets aside (tax class D); the reason is told, and the firm waits 30 days.', 'REJECTED'),
  byFirm('declined_listed', 'Declined because its legal representative stands on a public list; the applicant is told a neutral reason.', 'REJECTED'),
  byFirm('review_verification', 'A risk officer looks: the face is compared with too little certainty.', 'ENHANCED_REVIEW'),
  byFirm('review_approval', 'It asks for 800,000 yuan: one approver decides.', 'REVIEW_SINGLE'),
  byFirm(
    'payout_refused',
    'After the signature the bank refuses the payout (account frozen); a payment officer looks, and another account can be signed.',
    'OFFERED',
  ),
  byFirm(
    'payout_wrong_holder',
    'After the signature the bank says that the account is held in another name: nothing is sent, as for a refused payout.',
    'OFFERED',
  ),
  byFirm(
    'payout_unknown',
    'After the signature the bank takes the payout and never says what became of it: it is asked about, and never sent again.',
    'OFFERED',
  ),
  byFirm('payout_slow', 'After the signature the bank pays, a minute later.', 'OFFERED'),
  byFirm('signature_declined', 'The firm declines to sign; the contract stays open until its deadline.', 'OFFERED'),
  byFirm(
    'tax_later',
    'The tax bureau answers about this firm alone a minute after the firm was made: the verification waits, and goes on by itself within minutes.',
    'OFFERED',
  ),
  {
    caseId: 'tax_away',
    by: 'firm',
    how: 'PUT /sandbox/firms/{firmId} {"taxAnswersAfterSeconds":0} ends it.',
    outcome: 'As source_outage, for this firm alone: its verification waits for the tax bureau; after 24 hours a person decides.',
    status: 'CHECKING',
  },
  byRequest(
    'name_differs',
    'Send another company.name than the registered one.',
    'A risk officer looks: the name is not the registered one.',
    'ENHANCED_REVIEW',
  ),
  byRequest(
    'form_filled_by_machine',
    'Send device.formFillSeconds below 15.',
    'Declined with a neutral reason: the form was filled in faster than a person can.',
    'REJECTED',
  ),
  byRequest(
    'device_ring',
    'Apply for five firms with one device.fingerprint within 30 days. So use another fingerprint for every firm that you try.',
    'The fifth firm is declined with a neutral reason; from the third on a person looks.',
    'REJECTED',
  ),
  byRequest('late_payer', 'Report no transfer when the first instalment is due.', 'The loan shows dueMinor on the due date, and dpd from the day after.', null),
  {
    caseId: 'source_outage',
    by: 'fault',
    how: 'PUT /sandbox/faults/tax {"kind":"outage"}; DELETE /sandbox/faults/tax ends it.',
    outcome: 'Every verification waits for the tax bureau and goes on when it is back; after 24 hours a person decides.',
    status: 'CHECKING',
  },
  {
    caseId: 'supplement',
    by: 'none',
    how: null,
    outcome:
      'Not built: the process asks an applicant for nothing later. Whatever is missing or doubtful goes to a person; data that come late by themselves are tax_later.',
    status: null,
  },
];
