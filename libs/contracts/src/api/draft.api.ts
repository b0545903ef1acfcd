import { IsUscc } from '../identifiers.js';
import { DRAFT_STATUSES } from '../statuses.js';
import { APPLICATION } from './application.api.js';
import { CONSENT } from './document.api.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, currency, form, id, instant, money, object, sha256, text, whole } from './fields.js';
import { NAMED_GUARANTOR } from './guarantor.api.js';
import { MAX_GUARANTORS } from '../facts.js';
import { CONSENT_MEANINGS, DISCLOSURE_MEANINGS, REPAYMENT_METHOD_MEANINGS } from './product.api.js';
import { describeRoute } from './route.js';
import { BANK_ACCOUNT, DEVICE, LEGAL_REPRESENTATIVE, PURPOSE_MEANINGS, SUBMIT_APPLICATION, SUBMIT_BODY } from './submit.api.js';

const DRAFT_COMPANY = describeAnswer('DraftCompany', 'callers', 'The firm that is to borrow, as far as it is filled in.', {
  uscc: form(/^[0-9A-Z]{18}$/, '18 digits and capital letters', 'Unified social credit code (GB 32100).', '91990100MA0TE00010', [IsUscc()]).optional(),
  name: text(200, 'Registered name.', '样例商贸有限公司').optional(),
  declaredRevenueMinor: money('Revenue of the last 12 months, as the firm states it.', '480000000').optional(),
  industryCode: form(/^([A-Z]\d{0,4}|\d{1,4})$/, 'a GB/T 4754 code, such as C13 or 5173', 'Industry (GB/T 4754).', 'F51').optional(),
  employees: whole(0, 10_000_000, 'Staff, as the firm states it.', 12).optional(),
  assetsMinor: money('Assets at the last year-end, as the firm states them.', '200000000').optional(),
});

/** What may be filled in before the submission: nothing of a person, and no account. */
const FIELDS = {
  productCode: text(64, 'Product that is applied for.', 'invoice-loan').optional(),
  requestedAmountMinor: form(/^-?\d{1,18}(\.\d{1,18})?$/, 'an amount in fen as a string', 'Amount that is asked for.', '30000000').optional(),
  currency: currency('Currency of the amount.').optional(),
  tenorMonths: whole(0, 10_000, 'Tenor that is asked for.', 12, 'months').optional(),
  repaymentMethod: choice(REPAYMENT_METHOD_MEANINGS, 'How it is to be repaid.').optional(),
  purpose: choice(PURPOSE_MEANINGS, 'What the money is for.').optional(),
  company: object(DRAFT_COMPANY, 'The firm that is to borrow.').optional(),
  renewsLoanId: id('Loan of the same firm that is to be renewed.').optional(),
} as const;

export const DRAFT_FIELDS = describeAnswer('DraftFields', 'callers', 'What is filled in so far.', FIELDS);
export type DraftFieldsAnswer = AnswerOf<typeof DRAFT_FIELDS>;
const SAVE_BODY = describeAnswer('SaveDraft', 'callers', 'All that is filled in so far; it replaces what was saved before.', FIELDS);

export const DRAFT_CONSENT = describeAnswer('DraftConsent', 'callers', 'A consent of a draft (R-LE-01).', {
  consentId: id('Id that the client made.'),
  type: choice(CONSENT_MEANINGS, 'What is agreed to.'),
  textVersion: text(40, 'Version of the text.', 'consent-C1.v1'),
  textSha256: sha256('Hash of the text.'),
  grantedAt: instant('When the applicant agreed.'),
  withdrawnAt: instant('When the applicant took it back; null while it stands.').nullable(),
});
export type DraftConsentAnswer = AnswerOf<typeof DRAFT_CONSENT>;

export const DRAFT_DISCLOSURE = describeAnswer('DraftDisclosure', 'callers', 'A page that was shown to the applicant (R-AP-12).', {
  viewId: id('Id that the client made.'),
  type: choice(DISCLOSURE_MEANINGS, 'Which page.'),
  textVersion: text(40, 'Version of its text.', 'disclosure-risk_warning.v1'),
  textId: text(80, 'Version and language.', 'disclosure-risk_warning.v1.zh-CN'),
  textSha256: sha256('Hash of the text that was shown.'),
  shownAt: instant('When it was shown.'),
  tickedAt: instant('When the applicant ticked it; null before.').nullable(),
});
export type DraftDisclosureAnswer = AnswerOf<typeof DRAFT_DISCLOSURE>;

export const DRAFT = describeAnswer('Draft', 'callers', 'An application before it is submitted.', {
  applicationId: id('Id that the client made, and that the application will have.'),
  status: choice(DRAFT_STATUSES, 'Where it stands.'),
  fields: object(DRAFT_FIELDS, 'What is filled in; empty once it was thrown away or has lapsed.'),
  consents: object(DRAFT_CONSENT, 'In the order in which they were given.').list(200),
  disclosures: object(DRAFT_DISCLOSURE, 'In the order in which they were shown.').list(200),
  missing: text(60, 'What is still missing: a field, `consents.<type>` or `disclosures.<page>`.', 'consents.C2').list(60),
  createdAt: instant('When it was begun.'),
  updatedAt: instant('When it was last touched.'),
  expiresAt: instant('When it lapses if nobody touches it; null once it has ended.').nullable(),
});
export type DraftAnswer = AnswerOf<typeof DRAFT>;

/** What the gateway submits a draft with, beside people and account. */
export type DraftSubmissionAnswer = Pick<
  AnswerOf<typeof SUBMIT_BODY>,
  'productCode' | 'requestedAmountMinor' | 'currency' | 'tenorMonths' | 'repaymentMethod' | 'purpose' | 'company' | 'disclosuresAcknowledged' | 'renewsLoanId'
> & { readonly consents: readonly AnswerOf<typeof CONSENT>[] };

const ONE = '/v1/drafts/:applicationId';
const OWNER = '/drafts/:applicationId';
const ENDED = { WRONG_STATUS: 'The draft has ended.' } as const;
const CHANGED = { 200: { meaning: 'The draft as it stands now.', body: DRAFT } } as const;

export const SAVE_DRAFT = describeRoute({
  name: 'draft_save',
  method: 'PUT',
  path: ONE,
  owner: { service: 'loan-application', path: OWNER },
  tag: 'Applications',
  summary: 'Begin an application, and save what is filled in so far',
  description: '201 where the draft is new. What is sent replaces all that was saved. Nothing of a person is taken before the submission (docs/drafts.md).',
  body: SAVE_BODY,
  answers: { 200: { meaning: 'The draft was saved.', body: DRAFT }, 201: { meaning: 'The draft is new.', body: DRAFT } },
  problems: { 409: ENDED },
});

export const SHOW_DRAFT = describeRoute({
  name: 'draft_show',
  method: 'GET',
  path: ONE,
  owner: { service: 'loan-application', path: OWNER },
  tag: 'Applications',
  summary: 'Take up a draft again',
  answers: { 200: { meaning: 'The draft.', body: DRAFT } },
});

export const GIVE_DRAFT_CONSENT = describeRoute({
  name: 'draft_giveConsent',
  method: 'PUT',
  path: `${ONE}/consents/:consentId`,
  owner: { service: 'loan-application', path: `${OWNER}/consents/:consentId` },
  tag: 'Applications',
  summary: 'Give one consent, to a text that the lender has published',
  body: describeAnswer('GiveDraftConsent', 'callers', 'One consent, given by itself.', {
    type: choice(CONSENT_MEANINGS, 'What is agreed to.'),
    textVersion: text(40, 'Version of the text, of `GET /v1/consent-texts`.', 'consent-C1.v1'),
    textSha256: sha256('Hash of the text that the applicant saw.'),
    grantedAt: instant('When the applicant agreed.'),
  }),
  answers: CHANGED,
  problems: {
    409: { ...ENDED, CONSENT_GIVEN_ALREADY: 'A consent of this type stands already.' },
    422: {
      CONSENT_TEXT_MISMATCH: 'The hash belongs to another text than the consent names.',
      CONSENT_TEXT_CHANGED: 'The hash is not that of the published text.',
      CONSENT_TEXT_UNKNOWN: 'The text is none that the lender has published.',
      INSTANT_IN_FUTURE: 'The consent is dated in the future.',
    },
  },
});

export const WITHDRAW_DRAFT_CONSENT = describeRoute({
  name: 'draft_withdrawConsent',
  method: 'PUT',
  path: `${ONE}/consents/:consentId/withdrawal`,
  owner: { service: 'loan-application', path: `${OWNER}/consents/:consentId/withdrawal` },
  tag: 'Applications',
  summary: 'Take one consent back, as it was given',
  body: describeAnswer('WithdrawDraftConsent', 'callers', 'Body of a withdrawal.', { withdrawnAt: instant('When the applicant took it back.') }),
  answers: CHANGED,
  problems: { 409: ENDED, 422: { INSTANT_IN_FUTURE: 'The withdrawal is dated in the future.' } },
});

export const SHOW_DRAFT_PAGE = describeRoute({
  name: 'draft_showPage',
  method: 'PUT',
  path: `${ONE}/disclosure-views/:viewId`,
  owner: { service: 'loan-application', path: `${OWNER}/disclosure-views/:viewId` },
  tag: 'Applications',
  summary: 'A page was shown to the applicant and, then or later, ticked',
  description: 'Send it once when the page is shown, and again under the same id with `tickedAt`; or both at once.',
  body: describeAnswer('ShowDraftPage', 'callers', 'A page in the wording that was shown.', {
    type: choice(DISCLOSURE_MEANINGS, 'Which page.'),
    textSha256: sha256('Hash of the text that was shown, of `GET /v1/disclosures`.'),
    shownAt: instant('When it was shown.'),
    tickedAt: instant('When the applicant ticked it.').optional(),
  }),
  answers: CHANGED,
  problems: {
    409: ENDED,
    422: {
      DISCLOSURE_TEXT_NOT_IN_FORCE: 'The hash is not that of a page in force.',
      TICKED_BEFORE_SHOWN: 'The page was ticked before it was shown.',
      INSTANT_IN_FUTURE: 'An instant lies in the future.',
    },
  },
});

export const CANCEL_DRAFT = describeRoute({
  name: 'draft_cancel',
  method: 'PUT',
  path: `${ONE}/cancellation`,
  owner: { service: 'loan-application', path: `${OWNER}/cancellation` },
  tag: 'Applications',
  summary: 'Throw a draft away, with all that was filled in',
  body: describeAnswer('CancelDraft', 'callers', 'Why.', { reasonCode: code('Why, in the caller’s own words.', 'CHANGED_MIND') }),
  answers: CHANGED,
  problems: { 409: ENDED },
});

export const SUBMIT_DRAFT = describeRoute({
  name: 'draft_submit',
  method: 'PUT',
  path: `${ONE}/submission`,
  tag: 'Applications',
  summary: 'Submit a draft',
  description: 'With people and account, which no draft holds. The checks are those of an application that comes in one call, and so are the answers.',
  body: describeAnswer('SubmitDraft', 'callers', 'What a draft does not hold.', {
    legalRepresentative: object(LEGAL_REPRESENTATIVE, 'The person who signs for the firm.'),
    device: object(DEVICE, 'The device that the form was filled in on.').optional(),
    bankAccount: object(BANK_ACCOUNT, 'Account that the loan is to be paid to.'),
    guarantors: object(NAMED_GUARANTOR, 'Who is to stand for the loan, with consents of their own.').list(MAX_GUARANTORS).optional(),
  }),
  answers: {
    200: { meaning: 'It was submitted already.', body: APPLICATION },
    201: { meaning: 'The application is new.', body: APPLICATION },
  },
  location: '/v1/loan-applications/:applicationId',
  problems: {
    409: { ...SUBMIT_APPLICATION.problems?.[409], ...ENDED },
    422: { ...SUBMIT_APPLICATION.problems?.[422], DRAFT_INCOMPLETE: 'Fields of the draft are missing.' },
  },
});
