import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, flag, object, whole } from './fields.js';
import { LPR_TENOR, REPRICES_ON } from './product.api.js';

/** The mandate of direct debit. */
const DIRECT_DEBIT = describeAnswer('DirectDebit', 'callers', 'The borrower’s mandate to debit what falls due from the account that the loan was paid to.', {
  tries: whole(1, 10, 'How often the account is debited for one due date, the first time on the date itself.', 3),
  retryDays: whole(1, 30, 'Days from a debit that failed to the next try, which then falls on a business day.', 1, 'days'),
});

/** A rate that follows the loan prime rate. */
const FLOATING_RATE = describeAnswer('FloatingRate', 'callers', 'A rate that is the loan prime rate (LPR) of a day plus a spread (G-PR-05).', {
  tenor: LPR_TENOR,
  spreadBps: whole(-10_000, 10_000, 'What the contract adds to it for good; below zero it takes off.', 420, 'basis points'),
  repricesOn: REPRICES_ON,
  ceilingBps: bps('Highest rate that it can become: the one at which the all-in cost of the contract reaches the cap (G-PR-03).', 2_180),
});

/** What a contract says of lateness, misuse and early repayment: of the contract before it is signed, and of the loan afterwards. */
export const CLAUSES = describeAnswer(
  'Clauses',
  'callers',
  'What the contract says of lateness, misuse, early repayment and direct debit (G-PR-07, G-PR-08, G-PR-10).',
  {
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
    prepaymentChoice: flag('True where the borrower may name the other effect with a prepayment; absent where it is always that of the contract.').optional(),
    prepaymentFeeBps: bps('Fee on principal that is paid before it is due.', 0),
    holidayCalendar: choice(
      { CN: 'Statutory holidays of mainland China, with the weekends that are worked instead.' },
      'Calendar by which a due date that is no business day moves to the next one; null where it does not move.',
    ).nullable(),
    directDebit: object(DIRECT_DEBIT, 'The mandate; absent where the borrower has given none, and then nothing is debited.').optional(),
    floatingRate: object(FLOATING_RATE, 'How the rate follows the loan prime rate; absent where it is fixed for the whole term.').optional(),
  },
);
export type ClausesAnswer = AnswerOf<typeof CLAUSES>;
