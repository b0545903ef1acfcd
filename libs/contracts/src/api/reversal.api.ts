import { describeAnswer, type AnswerOf } from './field.js';
import { choice, id, instant } from './fields.js';
import { describeRoute } from './route.js';

/** Why a repayment does not count; only `booked_wrongly` says that the lender still has the money. */
export const REVERSAL_REASONS = {
  bounced: 'A debit that the payer’s bank did not honour.',
  recalled: 'The payer’s bank has recalled the transfer.',
  told_wrongly: 'The bank never credited it; refused where the bank’s statement has shown it.',
  booked_wrongly: 'The bank still has the money; it belongs to another loan or payer. Refused where the bank’s statement has not shown it.',
} as const;

export const REVERSAL = describeAnswer('Reversal', 'callers', 'A request to take a repayment back, as it stands now.', {
  reversalId: id('Id of the request.'),
  loanId: id('Id of the loan.'),
  repaymentId: id('The repayment that is to count no more.'),
  reason: choice(REVERSAL_REASONS, 'Why it does not count.'),
  state: choice(
    {
      requested: 'Two persons have not decided yet; nothing is changed.',
      reversed: 'The repayment counts no more, and the loan stands as if it had not come.',
      refused: 'The repayment stays as it is.',
    },
    'Where it stands.',
  ),
  requestedAt: instant('When it was asked for.', '2026-04-03T02:00:00.000Z'),
});
export type ReversalAnswer = AnswerOf<typeof REVERSAL>;

export const REQUEST_REVERSAL_BODY = describeAnswer('RequestReversal', 'callers', 'Which repayment is to be taken back, and why.', {
  repaymentId: id('The repayment that is to count no more.'),
  reason: choice(REVERSAL_REASONS, 'Why it does not count.'),
});

export const REQUEST_REVERSAL = describeRoute({
  name: 'loan_reverse',
  method: 'PUT',
  path: '/v1/loans/:loanId/reversals/:reversalId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/reversals/:reversalId' },
  tag: 'Loans',
  summary: 'Ask that a repayment be taken back',
  description:
    'The bank took its money back, never had it, or has it for another loan or payer. Two persons decide (`lendctl held`); then the loan is reckoned anew without it, from its value date on.',
  body: REQUEST_REVERSAL_BODY,
  answers: {
    200: { meaning: 'The request is known already; as it stands now.', body: REVERSAL },
    202: { meaning: 'The request is new and waits for two persons.', body: REVERSAL },
  },
  problems: {
    409: {
      REVERSAL_ASKED_ALREADY: 'Another request asks for the same repayment, or has taken it back.',
      CLAIM_TRANSFERRED: 'The claim was sold, and what it was sold for rests on the repayments of before.',
    },
    422: { REVERSAL_REASON_NOT_POSSIBLE: 'The bank’s statement shows the money and the reason says that it never came, or the other way round.' },
  },
});
