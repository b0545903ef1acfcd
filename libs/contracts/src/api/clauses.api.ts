import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, flag, whole } from './fields.js';

/** What a contract says of lateness, misuse and early repayment: of the contract before it is signed, and of the loan afterwards. */
export const CLAUSES = describeAnswer('Clauses', 'callers', 'What the contract says of lateness, misuse and early repayment (G-PR-07, G-PR-08, G-PR-10).', {
  penaltyUpliftBps: bps('Raise of the contract rate for principal that is overdue, in parts of the rate: 4000 makes 7.2% into 10.08%.', 4_000),
  graceDays: whole(0, 30, 'Days after the due date in which arrears that are paid whole bear no penalty.', 3, 'days'),
  compound: flag('Whether overdue interest bears compound interest at the penalty rate.'),
  misuseUpliftBps: bps('Raise for money that is used for something else; the heavier of the two raises applies alone.', 8_000),
  prepaymentInterest: choice(
    { to_the_day: 'Interest for the days that the money was out.', whole_period: 'Interest of the whole period.' },
    'What a prepayment asks for the period that it breaks.',
  ),
  prepaymentEffect: choice(
    { shorter_term: 'The instalment stays, and the loan ends earlier.', lower_instalment: 'The dates stay, and the instalment falls.' },
    'What a partial prepayment changes.',
  ),
  prepaymentFeeBps: bps('Fee on principal that is paid before it is due.', 0),
  holidayCalendar: choice(
    { CN: 'Statutory holidays of mainland China, with the weekends that are worked instead.' },
    'Calendar by which a due date that is no business day moves to the next one; null where it does not move.',
  ).nullable(),
});
export type ClausesAnswer = AnswerOf<typeof CLAUSES>;
