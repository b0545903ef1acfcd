import { IsMobileNumber, IsResidentId, IsUscc } from '../identifiers.js';
import { MAX_GUARANTORS } from '../facts.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, form, id, instant, money, months, object, sha256, text, whole } from './fields.js';
import { CONSENT, SIGNATURE_PROOF, TRANSLATED } from './document.api.js';
import { GUARANTEE_KINDS } from './loan-terms.api.js';
import { CONSENT_MEANINGS } from './product.api.js';
import { describeRoute } from './route.js';

const MOBILE = form(/^1[3-9]\d{9}$/, 'a mainland mobile number of 11 digits', 'Mobile number of who signs.', '13900000002', [IsMobileNumber()]);

export const GUARANTOR_PERSON = describeAnswer('GuarantorPerson', 'callers', 'A natural person who stands for the loan; it goes to kyc-antifraud alone.', {
  name: text(60, 'Name as on the identity card.', '测试乙'),
  idNumber: form(
    /^\d{17}[\dX]$/,
    '18 characters: 17 digits and a digit or X',
    'Resident id number (GB 11643); one with a wrong check digit or date of birth is refused.',
    '990101199001010027',
    [IsResidentId()],
  ),
  mobile: MOBILE,
});

export const GUARANTOR_FIRM = describeAnswer('GuarantorFirm', 'callers', 'A firm that stands for the loan.', {
  name: text(200, 'Registered name.', '样例担保有限公司'),
  uscc: form(
    /^[0-9A-Z]{18}$/,
    '18 digits and capital letters',
    'Unified social credit code (GB 32100); one with a wrong structure or check character is refused.',
    '91990100MA0TE00010',
    [IsUscc()],
  ),
  mobile: MOBILE,
});

const ONE_GUARANTOR = id('Id that the client made; the guarantee of the loan has it too.');
const KIND = choice(GUARANTEE_KINDS, 'How it stands for the loan.');

/** A guarantor as the application names it. */
export const NAMED_GUARANTOR = describeAnswer('NamedGuarantor', 'callers', 'Somebody who is to stand for the loan: a person or a firm, one of the two.', {
  guarantorId: ONE_GUARANTOR,
  person: object(GUARANTOR_PERSON, 'The person; left out for a firm.').optional(),
  firm: object(GUARANTOR_FIRM, 'The firm; left out for a person.').optional(),
  kind: KIND,
  limitMinor: form(/^[1-9]\d{0,17}$/, 'more than zero minor units (fen) as a string', 'Most that it pays.', '50000000'),
  shareBps: whole(
    1,
    10_000,
    'Share of the lent principal that it stands for, and no more; left out where it stands for the whole loan.',
    5_000,
    'basis points',
  ).optional(),
  periodMonths: months('Months after the maturity in which it can be asked to pay; left out where nothing is agreed: six (G-EC-04).', 6).optional(),
  consents: object(CONSENT, 'Its own consents: C2, C3, C4 and C8 of a person, C1 and C8 of a firm.').list(10),
});

/** What goes wrong with the guarantors of an application, beside the codes of its consents. */
export const GUARANTOR_PROBLEMS = {
  GUARANTOR_REQUIRED: 'The product is lent only where somebody stands for the loan.',
  GUARANTOR_PARTY_UNCLEAR: 'A guarantor is neither a person nor a firm, or both.',
  GUARANTOR_REPEATED: 'A guarantor is named twice.',
  CONSENT_NEEDLESS: 'A guarantor gives a consent that nothing needs.',
  GUARANTOR_IS_BORROWER: 'The borrower cannot stand for its own loan.',
  GUARANTOR_IS_LENDER: 'The lender cannot stand for its own claim.',
} as const;

const RECORDED_CONSENT = describeAnswer('GuarantorConsentGiven', 'callers', 'A consent that a guarantor has given.', {
  consentId: id('Id that the client made.'),
  type: choice(CONSENT_MEANINGS, 'What is agreed to.'),
  textVersion: text(40, 'Version of the text.', 'consent-C2.v1'),
  textSha256: sha256('SHA-256 of the text that was agreed to.'),
  grantedAt: instant('When it was given.', '2026-03-02T00:59:00.000Z'),
});

const GUARANTEE_SIGNATURE = describeAnswer('GuaranteeSignature', 'callers', 'All that a court needs to check a signature by itself (R-LG-10).', {
  signatureId: id('Id of the signature.'),
  signerRole: choice({ guarantor: 'Who stands for the loan.', lender: 'The lender.' }, 'Who signed.'),
  ...SIGNATURE_PROOF,
});

const GUARANTEE_CONTRACT = describeAnswer('GuaranteeContract', 'callers', 'The contract of guarantee, which is drawn up with the contract of the loan.', {
  contractSha256: sha256('Hash of the text: send it as `contractSha256` of a signature.'),
  templateVersion: text(64, 'Template that it was drawn up from.', 'loan-guarantee.v1'),
  limitMinor: money('Most that the guarantor pays by it.', '50000000'),
  periodMonths: months('Months after the maturity in which the guarantor can be asked to pay.', 6),
  text: text(200_000, 'The text in Chinese: this is what binds.', '保证合同'),
  translation: TRANSLATED,
  signatures: object(GUARANTEE_SIGNATURE, 'Empty until the guarantor and the lender have signed.').list(10),
});

export const GUARANTOR = describeAnswer('Guarantor', 'callers', 'Somebody who is to stand for the loan of an application.', {
  guarantorId: ONE_GUARANTOR,
  party: choice({ person: 'A natural person.', firm: 'A firm.' }, 'What it is.'),
  name: text(200, 'Registered name of a firm; name of a person, masked.', '测**'),
  identifier: text(18, 'Unified social credit code of a firm; id number of a person, masked.', '9901**********0027'),
  kind: KIND,
  limitMinor: money('Most that it pays, as the application says.', '50000000'),
  shareBps: bps('Share of the lent principal that it stands for; null for the whole loan.', 5_000).nullable(),
  state: choice(
    {
      named: 'The application names it; there is no contract yet.',
      asked: 'Its contract waits for its signature.',
      signed: 'It has signed.',
      refused: 'It does not sign, which has ended the application.',
      void: 'The application ended without its signature, or is void.',
    },
    'Whether it has signed.',
  ),
  signedAt: instant('When the last party of the guarantee had signed; null before.').nullable(),
  consents: object(RECORDED_CONSENT, 'Consents that it has given.').list(10),
  contract: object(GUARANTEE_CONTRACT, 'The contract of guarantee; null until the offer is accepted.').nullable(),
});
export type GuarantorAnswer = AnswerOf<typeof GUARANTOR>;

export const GUARANTOR_LIST = describeAnswer('GuarantorList', 'callers', 'Who is to stand for the loan of an application.', {
  items: object(GUARANTOR, 'In the order of the application.').list(MAX_GUARANTORS),
});

export const LIST_GUARANTORS = describeRoute({
  name: 'application_guarantors',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/guarantors',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/guarantors' },
  tag: 'Offer and contract',
  summary: 'Who is to stand for the loan, what each signs, and who has signed',
  answers: { 200: { meaning: 'The guarantors; empty where the application names none.', body: GUARANTOR_LIST } },
});
