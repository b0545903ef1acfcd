import type { GuarantorSignals } from '../guarantor-check/guarantor-findings.js';
/**
 * Every figure that the decision tables may read, one flat record. Null means "no source says": a rule never fires on null, and the
 * sources that stayed away are counted in `missingSources`, so that a gap is never read as good (R-CR-02).
 */
export interface VerificationSignals {
  /** Name and id number belong together, says the identity provider. */
  identityMatched: boolean | null;
  /** The mobile number is that person's: the third factor. */
  phoneMatched: boolean | null;
  /** Similarity of the face to the id photo, 0–10,000. */
  faceMatchBps: number | null;
  livenessBps: number | null;
  residentIdValid: boolean;
  /** Full years on the day of verification; null where the id number holds no date. */
  ageYears: number | null;
  usccValid: boolean;
  /** Emulator, root or hooking seen on the device. */
  deviceTampered: boolean | null;
  formFillSeconds: number | null;
  /** Distinct firms that applied from the same device in `ringDays` of the policy, this one included; the name is that of the first window. */
  deviceFirms30d: number;
  /** Distinct firms with the same mobile number in `ringDays`, this one included. */
  mobileFirms30d: number;
  /** Applications of this firm in `repeatDays`, this one included. */
  applications7d: number;
  registryStatus: string | null;
  abnormalListed: boolean | null;
  /** On the registry's list of serious violations (严重违法). */
  seriousViolation: boolean | null;
  /** Whole months since the firm was established. */
  monthsInBusiness: number | null;
  /** The registry names an owner of 25% or more (G-AM-07). */
  beneficialOwnerKnown: boolean | null;
  /** The name in the application is the registered one, in normal form. */
  companyNameMatches: boolean | null;
  /** The applicant is the registered legal representative, by name and id number. */
  legalRepresentativeMatches: boolean | null;
  legalRepresentativeChangedDays: number | null;
  taxClass: string | null;
  /** Tax owed and overdue, in whole yuan, rounded up. */
  taxArrearsYuan: number | null;
  /** |declared to us − declared to the tax bureau| ÷ the latter, a year. */
  taxRevenueGapBps: number | null;
  /** Firm or legal representative is a dishonest debtor (失信被执行人). */
  dishonestDebtor: boolean | null;
  /** Open enforcement cases (被执行人). */
  enforcementCases: number | null;
  /** Amount under enforcement ÷ the amount asked for. */
  enforcementShareBps: number | null;
  sanctionsHit: boolean | null;
  /** A name that may be on a list and needs a person's look. */
  watchlistPossible: boolean | null;
  /** |declared − invoiced| ÷ invoiced revenue of 12 months. */
  revenueGapBps: number | null;
  /** Months of the firm that the invoice platform says it lacks. */
  invoiceMonthsMissing: number | null;
  salesInvoices: number | null;
  /** Whole months without a net sale before the reference month; 0 where that month has one. */
  silentMonths: number | null;
  voidShareBps: number | null;
  voidAmountShareBps: number | null;
  redLetterShareBps: number | null;
  redLetterAmountShareBps: number | null;
  relatedShareBps: number | null;
  /** Lines of the invoice file, and those that were not taken at their word: unreadable, contradictory, of the future, implausible. */
  invoiceLines: number | null;
  unclearInvoiceLines: number | null;
  unclearInvoiceShareBps: number | null;
  /** Lines that were read, but are not written as the format says. */
  otherFormInvoiceLines: number | null;
  otherFormInvoiceShareBps: number | null;
  contradictoryInvoiceLines: number | null;
  implausibleInvoiceLines: number | null;
  futureInvoiceLines: number | null;
  repeatedInvoiceLines: number | null;
  /** Whole months from the last one with material trade in the file to the reference month. */
  staleMonths: number | null;
  lenderCount: number | null;
  bureauClean: boolean | null;
  ownerBureauClean: boolean | null;
  /** Longest overdue that the bureau has on record, of the firm and of its legal representative. */
  bureauMaxOverdueDays: number | null;
  ownerMaxOverdueDays: number | null;
  bureauQueried: boolean;
  bureauRecordFound: boolean | null;
  /** Sources that gave no answer although they were asked. */
  missingSources: number;
}

/** A row of a table that fired. */
export interface RuleHit {
  readonly code: string;
  readonly severity: 'info' | 'amber' | 'red';
  /** Points towards the fraud score; zero in the knock-out table. */
  readonly points: number;
  readonly observed?: string | null;
}

/** What a decision is made of: what the tables read, and what the checks of the guarantors say, where there are some. */
export type DecidedSignals = VerificationSignals & { readonly guarantors?: readonly GuarantorSignals[] };
