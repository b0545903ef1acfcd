import type { Finding, Reason } from '@millrace/contracts';

/** Findings that the applicant may be told, with what can be corrected (PIPL 24, S03). Fraud and watch-list rules are never told (G-AM-03). */
const TELLABLE: Readonly<Record<string, string>> = {
  ABNORMAL_LIST: 'The firm is on the registry’s list of abnormal operations; it may apply again once it is off the list.',
  BENEFICIAL_OWNER_UNKNOWN: 'No owner holds 25% or more; please tell who controls the firm.',
  BUREAU_OVERDUE: 'The credit bureau shows an overdue loan of the firm.',
  CONSENT_MISSING: 'A consent that the checks need was not given.',
  DISHONEST_DEBTOR: 'The firm or its legal representative is on the courts’ list of dishonest debtors.',
  ENFORCEMENT_HEAVY: 'Court enforcement against the firm or its legal representative is as large as the loan asked for.',
  ENFORCEMENT_OPEN: 'Court enforcement against the firm or its legal representative is open.',
  FACE_MISMATCH: 'The identity of the legal representative could not be proven; another way of proving it is offered.',
  FIRM_NOT_OPERATING: 'The registry says that the firm does not operate.',
  FIRM_YOUNG: 'The firm has been in business for less than a year.',
  IDENTITY_MISMATCH: 'Name and id number do not belong together; please correct them.',
  ID_CHECK_DIGIT: 'The resident id number has a wrong check digit; please correct it.',
  LEGAL_REP_MISMATCH: 'The applicant is not the legal representative in the registry.',
  LIVENESS_FAILED: 'The identity of the legal representative could not be proven; another way of proving it is offered.',
  MANY_LENDERS: 'The firm borrows from more lenders than the automatic tier allows.',
  OVERDUE_HISTORY: 'The credit bureau shows that the firm was overdue for more than 60 days once.',
  OWNER_BUREAU_OVERDUE: 'The credit bureau shows an overdue loan of the legal representative.',
  OWNER_OVERDUE_HISTORY: 'The credit bureau shows that the legal representative was overdue for more than 60 days once.',
  PHONE_MISMATCH: 'The mobile number does not belong to the applicant; please correct it.',
  REGISTRY_NOT_FOUND: 'The registry does not know the firm; please check its unified social credit code.',
  REVENUE_GAP: 'Declared and invoiced revenue differ by more than 20%; please correct or explain the declared revenue.',
  REVENUE_UNTRUE: 'Declared and invoiced revenue differ by more than 50%; you may have the declared revenue corrected.',
  SALES_STOPPED: 'The firm has had no net sales for six months or more.',
  SERIOUS_VIOLATION: 'The firm is on the registry’s list of serious violations.',
  SOURCE_UNAVAILABLE: 'A data source gave no usable answer; nothing was assumed in its place.',
  TAX_ARREARS: 'The firm owes tax that is overdue.',
  TAX_ARREARS_HEAVY: 'The firm owes more than 50,000 yuan of tax that is overdue.',
  TAX_CLASS_D: 'The tax authority rates the firm class D.',
  TAX_REVENUE_GAP: 'Revenue declared here and to the tax bureau differ by more than 20%; please correct or explain the declared revenue.',
  THIN_FILE: 'The credit bureau has no record of the firm.',
  UNDER_AGE: 'The legal representative is under 18.',
  USCC_CHECK_DIGIT: 'The unified social credit code has a wrong check character; please correct it.',
  VERIFICATION_TIMED_OUT: 'The checks could not be finished in time, so a person looks at the application.',
};
const NEUTRAL: Reason = { code: 'APPLICATION_NOT_PROCESSED', sentence: 'The application cannot be processed.' };
const NEUTRAL_REVIEW: Reason = { code: 'MANUAL_CHECK', sentence: 'A person looks at the application.' };

function reasonsOf(codes: readonly string[], neutral: Reason): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const code of codes) {
    const sentence = TELLABLE[code];
    const reason = sentence ? { code, sentence } : neutral;
    reasons.set(reason.code, reason);
  }
  return reasons.size > 0 ? [...reasons.values()] : [neutral];
}

/** Reasons of a refusal: what stopped the application, as far as it may be told. */
export function refusalReasons(findings: readonly Finding[]): Reason[] {
  return reasonsOf(
    findings.filter(({ severity }) => severity === 'red').map(({ code }) => code),
    NEUTRAL,
  );
}

/** Reasons of a referral to a person, in the same words for the timeline of the applicant; the task shows the findings themselves. */
export function referralReasons(findings: readonly Finding[]): Reason[] {
  return reasonsOf(
    findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code),
    NEUTRAL_REVIEW,
  );
}

/** Findings that mean fraud, whatever the fraud score: the firm waits 180 days (domain §4.1, S03, S05). */
const FRAUD = new Set(['REVENUE_UNTRUE', 'IDENTITY_MISMATCH', 'FACE_MISMATCH', 'LIVENESS_FAILED', 'FRAUD_CONFIRMED', 'UNTRUE_INFO', 'STOLEN_IDENTITY']);

export function meansFraud(code: string): boolean {
  return FRAUD.has(code);
}
