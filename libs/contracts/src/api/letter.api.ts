import type { ContactParty } from '../collection.events.js';
import { TRANSLATION } from './document.api.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, day, id, instant, object, sha256, text } from './fields.js';
import { LOAN_PAGE, NEXT_CURSOR } from './loan-page.api.js';
import { describeRoute } from './route.js';

const MONITORING = 'post-loan-monitoring';

/** What is written to borrowers and guarantors. */
export const LETTER_KINDS = {
  due_reminder: 'Something falls due soon, or today.',
  late_message: 'A payment is late.',
  demand_letter: 'Arrears are demanded.',
  guarantor_notice: 'A guarantor is told of arrears.',
  settlement: 'Nothing is owed to the lender any more (结清证明).',
  renewal_offer: 'The borrower may ask for a renewal without paying the principal back (无还本续贷).',
  transfer_notice: 'The borrower is told that the claim was sold, and to whom.',
  guarantor_transfer_notice: 'A guarantor is told that the claim was sold, and to whom.',
  bureau_pre_notice: 'The borrower is told before arrears are reported to the credit bureau.',
  dispute_corrected: 'A dispute of a report to the credit bureau is answered: the report was wrong.',
  dispute_upheld: 'A dispute of a report to the credit bureau is answered: the report stays as it is.',
} as const;
export type LetterKind = keyof typeof LETTER_KINDS;

const PARTY_MEANINGS = { debtor: 'The borrower.', guarantor: 'A guarantor of the loan.' } as const satisfies Record<ContactParty, string>;

/** Where the delivery of a letter stands at the notice provider. */
const DELIVERIES = {
  planned: 'Its time has not come.',
  sent: 'The provider may have it, and has not said yet what became of it.',
  unknown: 'The provider was told and gives no final answer; it is asked again.',
  done: 'It was delivered.',
  refused: 'The provider could not deliver it.',
  dropped: 'It was not sent: its time was over, what it tells of was paid, or the party was spoken to often enough that day.',
} as const;

const ABOUT_LETTER = {
  letterId: id('Id of the letter.'),
  loanId: id('Id of the loan.'),
  kind: choice(LETTER_KINDS, 'What it is.'),
  party: choice(PARTY_MEANINGS, 'To whom it was written. What was written to a guarantor is shown to staff alone.'),
  guaranteeId: id('Which guarantee; null for the borrower.').nullable(),
  language: choice({ 'zh-CN': 'Chinese.' }, 'Language of the text.'),
  templateVersion: text(64, 'Wording that it was written by.', 'demand-letter.v1'),
  textSha256: sha256('Hash of the text.'),
  writtenOn: day('Date that it bears.'),
  writtenAt: instant('When it was written.'),
  delivery: choice(DELIVERIES, 'Where its delivery stands; null for a letter that nobody sends by itself.').nullable(),
};

export const LETTER = describeAnswer('Letter', 'callers', 'A letter about a loan, without its text.', ABOUT_LETTER);
export type LetterAnswer = AnswerOf<typeof LETTER>;

export const LETTER_TEXT = describeAnswer('LetterText', 'callers', 'A letter about a loan, word for word.', {
  ...ABOUT_LETTER,
  text: text(200_000, 'The text in Chinese, whatever the language of the answer: this is what was sent.', '催收函'),
  translation: object(TRANSLATION, 'The same in English.'),
});
export type LetterTextAnswer = AnswerOf<typeof LETTER_TEXT>;

export const LETTER_LIST = describeAnswer('LetterList', 'callers', 'A page of letters.', {
  items: object(LETTER, 'In the order in which they were written.').list(500),
  nextCursor: NEXT_CURSOR,
});

export const LIST_LETTERS = describeRoute({
  name: 'loan_letters',
  method: 'GET',
  path: '/v1/loans/:loanId/letters',
  owner: { service: MONITORING, path: '/loans/:loanId/letters' },
  tag: 'Loans',
  summary: 'What was written to the borrower of a loan, and to its guarantors',
  query: LOAN_PAGE,
  answers: { 200: { meaning: 'A page of letters.', body: LETTER_LIST } },
});

export const SHOW_LETTER = describeRoute({
  name: 'loan_letter',
  method: 'GET',
  path: '/v1/loans/:loanId/letters/:letterId',
  owner: { service: MONITORING, path: '/loans/:loanId/letters/:letterId' },
  tag: 'Loans',
  summary: 'A letter word for word',
  answers: { 200: { meaning: 'The letter.', body: LETTER_TEXT } },
});
