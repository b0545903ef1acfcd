import { GUARANTOR_CONSENTS, type GuarantorParty } from '@millrace/contracts';
import type { SubmissionRefusal } from '../request/submission-refusal.js';
import { givenConsentsRefusal, missingConsents, type GivenConsent } from '../text/given-consents.js';

/** What is checked of a guarantor at the door. */
export interface NamedGuarantor {
  readonly guarantorId: string;
  readonly guarantorRef: string;
  readonly party: GuarantorParty;
  readonly identifier: string;
  readonly consents: readonly GivenConsent[];
}

/** What the guarantors of an application are held against. */
export interface GuarantorRules {
  /** How many the product needs at least; undefined for none. */
  readonly minGuarantors: number | undefined;
  readonly consentMaxAgeDays: number;
  /** Unified social credit codes of the firm that borrows, and of the lender: neither can stand for the loan. */
  readonly borrower: string;
  readonly lender: string;
  /** Ids of the applicant's own consents. */
  readonly applicantConsentIds: readonly string[];
}

const refuse = (code: string, title: string, detail: string, field: string): SubmissionRefusal => ({ status: 422, code, title, detail, field });

/** Holds the guarantors of a submission against the product and against each other (R-CR-19); the first that is wrong is answered. */
export function guarantorRefusal(guarantors: readonly NamedGuarantor[], rules: GuarantorRules, now: Date): SubmissionRefusal | undefined {
  const { minGuarantors = 0 } = rules;
  if (guarantors.length < minGuarantors) return refuse('GUARANTOR_REQUIRED', 'The product needs a guarantor.', `Name ${minGuarantors} at least.`, 'guarantors');
  const known = { ids: new Set<string>(), refs: new Set<string>(), consents: new Set(rules.applicantConsentIds.map((consentId) => consentId.toLowerCase())) };
  for (const [at, guarantor] of guarantors.entries()) {
    const refusal = oneRefusal(guarantor, known, rules, now, `guarantors.${at}`);
    if (refusal) return refusal;
    known.ids.add(guarantor.guarantorId.toLowerCase());
    known.refs.add(guarantor.guarantorRef);
    for (const { consentId } of guarantor.consents) known.consents.add(consentId.toLowerCase());
  }
  return undefined;
}

function oneRefusal(
  { guarantorId, guarantorRef, party, identifier, consents }: NamedGuarantor,
  known: { readonly ids: ReadonlySet<string>; readonly refs: ReadonlySet<string>; readonly consents: ReadonlySet<string> },
  { borrower, lender, consentMaxAgeDays }: GuarantorRules,
  now: Date,
  field: string,
): SubmissionRefusal | undefined {
  if (known.ids.has(guarantorId.toLowerCase()) || known.refs.has(guarantorRef))
    return refuse('GUARANTOR_REPEATED', 'A guarantor is named twice.', 'Name each once, under an id of its own.', field);
  if (party === 'firm' && identifier === borrower)
    return refuse('GUARANTOR_IS_BORROWER', 'The borrower cannot stand for its own loan.', 'Name somebody else.', field);
  if (party === 'firm' && identifier === lender)
    return refuse('GUARANTOR_IS_LENDER', 'The lender cannot stand for its own claim.', 'Name somebody else.', field);
  const at = `${field}.consents`;
  const missing = missingConsents(consents, GUARANTOR_CONSENTS[party]);
  if (missing.length > 0) return refuse('CONSENT_MISSING', 'Consents that a guarantor gives are missing.', `Missing: ${missing.join(', ')}.`, at);
  // More than is needed is not kept: nobody may be asked under it.
  const needless = consents.filter(({ type }) => !GUARANTOR_CONSENTS[party].includes(type)).map(({ type }) => type);
  if (needless.length > 0) return refuse('CONSENT_NEEDLESS', 'A guarantor gives consents that nothing needs.', `Leave out: ${needless.join(', ')}.`, at);
  if (consents.some(({ consentId }) => known.consents.has(consentId.toLowerCase())))
    return refuse('CONSENT_REPEATED', 'A consent is given twice.', 'Send each type once, each with an id of its own.', at);
  return givenConsentsRefusal(consents, consentMaxAgeDays, now, at);
}
