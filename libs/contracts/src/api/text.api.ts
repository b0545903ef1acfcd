import { describeAnswer, type AnswerOf } from './field.js';
import { choice, id, instant, object, sha256, text } from './fields.js';
import { CONSENT_MEANINGS, DISCLOSURE_MEANINGS } from './product.api.js';
import { describeRoute } from './route.js';

const LANGUAGE_MEANINGS = { 'zh-CN': 'Chinese.', en: 'English.' } as const;
const language = choice(LANGUAGE_MEANINGS, 'Language of the text; all where it is not given.').optional();
const textVersion = text(40, 'Version of the wording, the same in every language; a consent names it.', 'consent-C1.v1');

export const LENDER = describeAnswer('Lender', 'callers', 'The lender, as whoever shows its texts has to name it.', {
  name: text(200, 'Name of the lender.', 'Millrace Lending'),
  uscc: text(18, 'Its unified social credit code.', '91990100MA0LENDER2'),
});

export const PUBLISHED_TEXT = describeAnswer(
  'PublishedText',
  'callers',
  'A text in one language; it never changes, as a new wording is a new version (R-LE-01).',
  {
    textId: text(80, 'Version and language.', 'consent-C1.v1.zh-CN'),
    kind: choice({ consent: 'Agreed to by itself.', disclosure: 'A page that the applicant has to see and tick.' }, 'What it is for.'),
    type: choice({ ...CONSENT_MEANINGS, ...DISCLOSURE_MEANINGS }, 'Which consent or page it is of.'),
    textVersion,
    language: choice(LANGUAGE_MEANINGS, 'Language of the text.'),
    title: text(200, 'First line of the text.', '企业信用信息查询授权书'),
    text: text(20_000, 'The whole text in Markdown; show all of it, with the name of the lender.', '# 企业信用信息查询授权书\n…'),
    textSha256: sha256('SHA-256 of the bytes of `text` in UTF-8; a consent names it.'),
  },
);
export type PublishedTextAnswer = AnswerOf<typeof PUBLISHED_TEXT>;

export const PUBLISHED_TEXT_LIST = describeAnswer('PublishedTextList', 'callers', 'Texts in force.', {
  lender: object(LENDER, 'Whose texts they are.'),
  items: object(PUBLISHED_TEXT, 'The newest wording of each, in the order of the types.').list(200),
});
export type PublishedTextListAnswer = AnswerOf<typeof PUBLISHED_TEXT_LIST>;

export const RECORDED_CONSENT = describeAnswer('RecordedConsent', 'callers', 'A consent as it was recorded (R-LE-01).', {
  consentId: id('Id that the submission gave it.'),
  type: choice(CONSENT_MEANINGS, 'What was agreed to.'),
  textVersion: text(40, 'Version of the text, as the submission named it.', 'consent-C1.v1'),
  textSha256: sha256('SHA-256 of the text, as the submission named it.'),
  textOrigin: choice(
    { lender: 'A text that the lender has published.', partner: 'A text of the partner’s own, which the lender has not seen.' },
    'Whose words were agreed to.',
  ),
  textId: text(80, 'The published text; null for a partner’s own.', 'consent-C1.v1.zh-CN').nullable(),
  grantedAt: instant('When the applicant agreed.'),
  withdrawnAt: instant('When it was withdrawn; null while it stands.').nullable(),
});
export type RecordedConsentAnswer = AnswerOf<typeof RECORDED_CONSENT>;

export const RECORDED_CONSENT_LIST = describeAnswer('RecordedConsentList', 'callers', 'Consents of an application.', {
  items: object(RECORDED_CONSENT, 'In the order of the types.').list(20),
});

export const LIST_CONSENT_TEXTS = describeRoute({
  name: 'consent_text_list',
  method: 'GET',
  path: '/v1/consent-texts',
  owner: { service: 'loan-application', path: '/consent-texts' },
  tag: 'Products',
  summary: 'Texts of the consents in force',
  description: 'A submission names `textVersion` and `textSha256` of what the applicant saw.',
  query: { language, type: choice(CONSENT_MEANINGS, 'The text of one consent; all where it is not given.').optional() },
  answers: { 200: { meaning: 'The texts.', body: PUBLISHED_TEXT_LIST } },
});

export const LIST_DISCLOSURES = describeRoute({
  name: 'disclosure_list',
  method: 'GET',
  path: '/v1/disclosures',
  owner: { service: 'loan-application', path: '/disclosures' },
  tag: 'Products',
  summary: 'Pages that an applicant has to see before it applies',
  query: { language, type: choice(DISCLOSURE_MEANINGS, 'One page; all where it is not given.').optional() },
  answers: { 200: { meaning: 'The pages.', body: PUBLISHED_TEXT_LIST } },
});

export const LIST_CONSENTS = describeRoute({
  name: 'consent_list',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/consents',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/consents' },
  tag: 'Applications',
  summary: 'Consents of an application, and whose words they were given to',
  answers: { 200: { meaning: 'The consents.', body: RECORDED_CONSENT_LIST } },
});

export const CONSENT_WITHDRAWAL = describeAnswer('ConsentWithdrawal', 'callers', 'A consent that was withdrawn, and what follows.', {
  withdrawalId: id('Id that the client made.'),
  applicationId: id('The application.'),
  consentId: id('The consent.'),
  type: choice(CONSENT_MEANINGS, 'What was agreed to.'),
  withdrawnAt: instant('From when on nothing is asked under it.'),
  effect: choice(
    {
      cancelled:
        'The product needs the consent: the application is cancelled. What was asked before stays valid; the data are stored as long as the law asks, and not used.',
      goes_on: 'The product does not need the consent: the application goes on, and nothing is asked under it any more.',
      contract_stands:
        'The contract is signed and stands, and is performed as signed. Nothing is asked under the consent any more; what the law asks of the lender, such as reports of the loan and keeping its file, goes on.',
      ended_before: 'The application had ended. Nothing is asked any more, and the data are stored as long as the law asks.',
    },
    'What follows.',
  ),
});
export type ConsentWithdrawalAnswer = AnswerOf<typeof CONSENT_WITHDRAWAL>;

export const WITHDRAW_CONSENT = describeRoute({
  name: 'consent_withdraw',
  method: 'PUT',
  path: '/v1/loan-applications/:applicationId/consent-withdrawals/:withdrawalId',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/consent-withdrawals/:withdrawalId' },
  tag: 'Applications',
  summary: 'Withdraw a consent of the applicant or of a guarantor',
  description:
    'As easy as giving it (G-PI-01). Until the contract is signed the application is cancelled where the product needs the consent; after that the contract stands.',
  body: describeAnswer('WithdrawConsent', 'callers', 'Body of a withdrawal of a consent.', {
    consentId: id('The consent, as the submission named it.'),
  }),
  answers: { 200: { meaning: 'What follows.', body: CONSENT_WITHDRAWAL } },
  problems: { 409: { CONSENT_WITHDRAWN_ALREADY: 'The consent is withdrawn already.' } },
});
