import type { Finding, Reason } from './facts.js';

// What a customer may be told of a decision. Every reason that leaves the lender passes here: a code that is not listed is told under a neutral
// one, so that a new rule is silent until somebody decides that it may be told (R-LG-02, G-AM-03).

/** Told to everybody in the same words (PIPL 24): data about the firm itself, and what the applicant can correct. */
const TELLABLE: Readonly<Record<string, string>> = {
  ABNORMAL_LIST: 'The firm is on the registry’s list of abnormal operations; it may apply again once it is off the list.',
  ALL_IN_COST_OVER_CAP: 'All costs together are above the cap on the annual rate, so no offer may be made.',
  AFFORDABILITY: 'The firm’s cash flow does not carry the loan.',
  AMOUNT_CAPPED_TO_AUTHORITY: 'The amount is what a single approver may grant; more needs the credit committee.',
  AMOUNT_NEEDS_APPROVER: 'An amount above the automatic tier needs a person.',
  AMOUNT_NEEDS_COMMITTEE: 'An amount this large needs the credit committee.',
  AMOUNT_NEEDS_FIELD_VISIT: 'An amount this large needs a field visit and the credit committee.',
  BATCH_BEYOND_SUMS: 'The invoice file holds amounts that cannot be added up; please have it corrected.',
  BATCH_UNREADABLE: 'The invoice file could not be read; please have it exported again.',
  BENEFICIAL_OWNER_UNKNOWN: 'No owner holds 25% or more; please tell who controls the firm.',
  BUSINESS_YOUNG: 'The firm has been in business for a short time.',
  BUYERS_CONCENTRATED: 'A large share of sales goes to few buyers.',
  COMPANY_NAME_MISMATCH: 'The name of the firm is not the one in the registry; please correct it.',
  CONSENT_MISSING: 'A consent that the checks need was not given.',
  DECLINED_BY_PERSON: 'A person has looked at the application and declined it.',
  DISHONEST_DEBTOR: 'The firm or its legal representative is on the courts’ list of dishonest debtors.',
  ENFORCEMENT_HEAVY: 'Court enforcement against the firm or its legal representative is as large as the loan asked for.',
  ENFORCEMENT_OPEN: 'Court enforcement against the firm or its legal representative is open.',
  FACE_MISMATCH:
    'The identity of the legal representative could not be proven. Have it proven again with the person present and apply again; there is no wait.',
  FIRM_NOT_OPERATING: 'The registry says that the firm does not operate.',
  FIRM_YOUNG: 'The firm has been in business for less than a year.',
  HISTORY_SHORT: 'The invoice history is short.',
  IDENTITY_MISMATCH: 'Name and id number of the legal representative do not belong together. Correct them and apply again; there is no wait.',
  ID_CHECK_DIGIT: 'The resident id number has a wrong check digit; please correct it.',
  IDENTITY_UNPROVEN: 'The identity of the legal representative could not be proven.',
  INDUSTRY_OUTLOOK: 'The outlook of the firm’s industry does not carry the loan.',
  INFORMATION_INCOMPLETE: 'What was needed to decide could not be had.',
  INPUT_NOT_AVAILABLE: 'A source that the assessment needs has no data about the firm.',
  INVOICES_FUTURE: 'The invoice file holds an invoice of a day that has not come; please have its date corrected.',
  INVOICES_IMPLAUSIBLE: 'The invoice file holds an amount that is larger than an invoice can be; please have it corrected.',
  INVOICES_OTHER_FORM: 'Many lines of the invoice file are not written as its format says; please have the file exported again.',
  INVOICES_REPEATED: 'The invoice file holds rows twice; each invoice was counted once.',
  INVOICES_STALE: 'The invoice file ends months before it should; please have the missing months added.',
  INVOICES_UNCLEAR: 'Lines of the invoice file could not be used; please have the file exported again.',
  LEGAL_REP_MISMATCH: 'The applicant is not the legal representative in the registry.',
  LIMIT_BELOW_LEAST: 'The limit that the firm can carry is below one lending step.',
  LIMIT_BELOW_PRODUCT_MINIMUM: 'The limit that the firm can carry is below the smallest amount of the product.',
  LIVENESS_FAILED:
    'The identity of the legal representative could not be proven. Have it proven again with the person present and apply again; there is no wait.',
  MARGIN_THIN: 'Invoiced purchases take up most of the invoiced sales.',
  PAYOUT_REFUSED: 'The loan could not be paid to the account that was named.',
  PHONE_MISMATCH: 'The mobile number does not belong to the applicant; please correct it.',
  REGISTRY_NOT_FOUND: 'The registry does not know the firm. Check its unified social credit code and apply again; there is no wait.',
  REVENUE_GAP: 'Declared and invoiced revenue differ by more than 20%; please correct or explain the declared revenue.',
  REVENUE_UNTRUE: 'Declared and invoiced revenue differ by more than 50%; you may have the declared revenue corrected.',
  SALES_INACTIVE: 'There are many months without invoiced sales.',
  SALES_LOW: 'Invoiced sales of the last 36 months are low.',
  SALES_NOT_RECENT: 'The latest sales invoice is some months old.',
  SALES_STOPPED: 'The firm has had no net sales for six months or more.',
  SALES_UNSTEADY: 'Invoiced sales vary strongly from month to month.',
  SERIOUS_VIOLATION: 'The firm is on the registry’s list of serious violations.',
  SOURCE_UNAVAILABLE: 'A data source gave no usable answer; nothing was assumed in its place.',
  TAX_ARREARS: 'The firm owes tax that is overdue.',
  TAX_ARREARS_HEAVY: 'The firm owes more than 50,000 yuan of tax that is overdue.',
  TAX_CLASS_D: 'The tax authority rates the firm class D.',
  TAX_GROWTH_LOW: 'Tax paid grew little.',
  TAX_REVENUE_GAP: 'Revenue declared here and to the tax bureau differ by more than 20%; please correct or explain the declared revenue.',
  UNDER_AGE: 'The legal representative is under 18.',
  UNTRUE_INFO: 'Information in the application is not true; you may have it corrected.',
  USCC_CHECK_DIGIT: 'The unified social credit code has a wrong check character; please correct it.',
  VERIFICATION_TIMED_OUT: 'The checks could not be finished in time, so a person looks at the application.',
  SCORING_TIMED_OUT: 'The assessment could not be finished in time, so a person looks at the application.',
};

/** What the lender was told by a credit bureau: it goes to the lender's own people, and to the firm by the lender itself, never through a partner. */
const BUREAU: ReadonlySet<string> = new Set([
  'BUREAU_NOT_CLEAN',
  'BUREAU_OVERDUE',
  'LENDERS_UNKNOWN',
  'LIMIT_BOUND_BY_THIN_FILE',
  'MANY_LENDERS',
  'OVERDUE_HISTORY',
  'OWNER_BUREAU_OVERDUE',
  'OWNER_OVERDUE_HISTORY',
  'THIN_FILE',
]);

/** Internals of the model and of the approval matrix, for the lender's people alone: told one by one, they could be learned by trying. */
const MODEL: ReadonlySet<string> = new Set([
  'BUREAU_NOT_QUERIED',
  'FRAUD_SCORE_MISSING',
  'GRADE_NEEDS_APPROVER',
  'GRADE_NEEDS_COMMITTEE',
  'GRADE_NOT_LENT',
  'RISK_INDEX_LOW',
  'RISK_INDEX_MISSING',
  'RISK_INDEX_TOO_LOW',
  'RISK_INDEX_WEAK',
  'VERIFICATION_NOT_CLEAN',
]);

/** Findings that mean nothing but "a person has to look", and name no rule. */
const FOR_STAFF: ReadonlySet<string> = new Set(['BATCH_GONE', 'BATCH_MISMATCH', 'BATCH_REFUSED', 'FACE_UNCERTAIN', 'LIVENESS_UNCERTAIN', 'SCORING_TROUBLE']);

export const NOT_PROCESSED: Reason = { code: 'APPLICATION_NOT_PROCESSED', sentence: 'The application cannot be processed.' };
export const MANUAL_CHECK: Reason = { code: 'MANUAL_CHECK', sentence: 'A person looks at the application.' };
const CREDIT_INFORMATION: Reason = {
  code: 'CREDIT_INFORMATION',
  sentence: 'Credit information that was asked for with consent counts here; the firm is told about it by the lender itself.',
};
const CREDIT_ASSESSMENT: Reason = { code: 'CREDIT_ASSESSMENT', sentence: 'The overall credit assessment of the firm counts here.' };
const AMOUNT_REDUCED: Reason = { code: 'AMOUNT_REDUCED', sentence: 'Less is granted than was asked for: the firm’s figures carry no more.' };

/** The neutral reasons themselves pass as they are. */
const NEUTRAL: Readonly<Record<string, Reason>> = Object.fromEntries(
  [NOT_PROCESSED, MANUAL_CHECK, CREDIT_INFORMATION, CREDIT_ASSESSMENT, AMOUNT_REDUCED].map((reason) => [reason.code, reason]),
);

/** Where a reason stands: what it means that a code must not be told there. */
export type ReasonMoment = 'refusal' | 'review';

/** True for what a credit bureau said. */
export function isBureauCode(code: string): boolean {
  return BUREAU.has(code);
}

/** True for a code that points at suspicion, or that nobody has said it does not: it stays at kyc-antifraud (R-LG-02). */
export function isRestrictedCode(code: string): boolean {
  const known = Object.hasOwn(TELLABLE, code) || Object.hasOwn(NEUTRAL, code) || BUREAU.has(code) || MODEL.has(code) || FOR_STAFF.has(code);
  return !known && !code.startsWith('LIMIT_BOUND_BY_');
}

/** What a customer is told in place of one code. */
export function applicantReason(code: string, moment: ReasonMoment): Reason {
  const sentence = TELLABLE[code];
  if (sentence !== undefined) return { code, sentence };
  if (Object.hasOwn(NEUTRAL, code)) return NEUTRAL[code]!;
  if (BUREAU.has(code)) return CREDIT_INFORMATION;
  if (code.startsWith('LIMIT_BOUND_BY_')) return AMOUNT_REDUCED;
  if (MODEL.has(code)) return moment === 'review' ? MANUAL_CHECK : CREDIT_ASSESSMENT;
  return moment === 'review' ? MANUAL_CHECK : NOT_PROCESSED;
}

/** What a customer is told in place of some codes: each reason once, and at least one. */
export function applicantReasons(codes: readonly string[], moment: ReasonMoment): Reason[] {
  const reasons = new Map(codes.map((code) => applicantReason(code, moment)).map((reason) => [reason.code, reason]));
  if (reasons.size === 0) return [moment === 'review' ? MANUAL_CHECK : NOT_PROCESSED];
  return [...reasons.values()];
}

/** Findings without what points at suspicion: each such one counts as a neutral one of its severity (R-LG-02). What was found stays at kyc-antifraud. */
export function openFindings(findings: readonly Finding[]): Finding[] {
  const open = new Map<string, Finding>();
  for (const finding of findings) {
    const { code } = finding.severity === 'red' ? NOT_PROCESSED : MANUAL_CHECK;
    const shown = isRestrictedCode(finding.code) ? { code, severity: finding.severity } : finding;
    open.set(`${shown.code} ${shown.severity}`, shown);
  }
  return [...open.values()];
}
