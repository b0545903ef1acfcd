import { shownReasons } from './shown-reasons.js';

const bare = (...codes: string[]) => codes.map((code) => ({ code, sentence: null }));
const codesOf = (type: string, title: string, ...codes: string[]) => shownReasons(type, title, bare(...codes)).map(({ code }) => code);
const DECLINED = 'A person looked at the application and declined it.';
const WENT_ON = 'A person looked at the application and let it go on.';

test('SEC-16: a stored step with codes of bureaus, grades and rules shows none of them', () => {
  const stored = ['BUREAU_OVERDUE', 'OWNER_BUREAU_OVERDUE', 'MANY_LENDERS', 'GRADE_NEEDS_APPROVER', 'WATCHLIST_POSSIBLE', 'LIMIT_BOUND_BY_DSCR'];
  expect(codesOf('loan-application.manual-review-requested', 'A person looks at the application.', ...stored)).toEqual([
    'CREDIT_INFORMATION',
    'MANUAL_CHECK',
    'AMOUNT_REDUCED',
  ]);
});

test('T11, T44: the code of a person’s decision is never told as it was typed', () => {
  const ofDecision = 'loan-application.review-decided';
  expect(codesOf(ofDecision, DECLINED, 'FRAUD_CONFIRMED')).toEqual(['APPLICATION_NOT_PROCESSED']);
  expect(codesOf(ofDecision, DECLINED, 'XYZ_MADE_UP')).toEqual(['DECLINED_BY_PERSON']);
  expect(codesOf(ofDecision, WENT_ON, 'XYZ_MADE_UP')).toEqual([]);
  expect(codesOf(ofDecision, DECLINED, 'AFFORDABILITY')).toEqual(['AFFORDABILITY']);
});

test('what may be told keeps its code, and has its sentence; who withdraws reads the own word', () => {
  expect(shownReasons('loan-application.rejected', 'The application was declined.', bare('TAX_CLASS_D'))).toEqual([
    { code: 'TAX_CLASS_D', sentence: 'The tax authority rates the firm class D.' },
  ]);
  expect(shownReasons('loan-application.cancelled', 'The application was withdrawn.', bare('CHANGED_MIND'))).toEqual([
    { code: 'CHANGED_MIND', sentence: 'The applicant no longer wants the loan.' },
  ]);
  expect(shownReasons('loan-application.cancelled', 'The application was withdrawn.', bare('OUR_OWN_WORD'))).toEqual(bare('OUR_OWN_WORD'));
  expect(shownReasons('loan-application.submitted', 'The firm applied.', [])).toEqual([]);
});
