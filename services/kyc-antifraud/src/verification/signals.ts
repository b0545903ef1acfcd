/**
 * Every figure that the decision tables may read, one flat record. Null means "no source says": a rule never fires on null, and the
 * sources that stayed away are counted in `missingSources`, so that a gap is never read as good (R-CR-02).
 */
export interface VerificationSignals {
  /** Name, id number and mobile belong together, says the identity provider. */
  identityMatched: boolean | null;
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
  /** Distinct firms that applied from the same device in 30 days, this one included. */
  deviceFirms30d: number;
  /** Distinct firms with the same mobile number in 30 days, this one included. */
  mobileFirms30d: number;
  /** Applications of this firm in 7 days, this one included. */
  applications7d: number;
  registryStatus: string | null;
  abnormalListed: boolean | null;
  /** The applicant is the registered legal representative. */
  legalRepresentativeMatches: boolean | null;
  legalRepresentativeChangedDays: number | null;
  taxClass: string | null;
  /** Firm or legal representative is a dishonest debtor (失信被执行人). */
  dishonestDebtor: boolean | null;
  /** Open enforcement cases (被执行人). */
  enforcementCases: number | null;
  sanctionsHit: boolean | null;
  /** A name that may be on a list and needs a person's look. */
  watchlistPossible: boolean | null;
  /** |declared − invoiced| ÷ invoiced revenue of 12 months. */
  revenueGapBps: number | null;
  salesInvoices: number | null;
  voidShareBps: number | null;
  voidAmountShareBps: number | null;
  redLetterShareBps: number | null;
  redLetterAmountShareBps: number | null;
  relatedShareBps: number | null;
  lenderCount: number | null;
  bureauClean: boolean | null;
  ownerBureauClean: boolean | null;
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
