import type { DisputeParty } from '../credit-report.events.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, day, id, instant, object, sha256, text } from './fields.js';
import { describeRoute } from './route.js';

const MONITORING = 'post-loan-monitoring';

/** What is said to be wrong with a report. */
export const DISPUTE_GROUNDS = {
  paid_in_time: 'What is said to be late was paid in time.',
  wrong_amount: 'An amount is wrong.',
  wrong_status: 'The status of the loan is wrong, e.g. it was repaid.',
  not_told_before: 'Arrears were reported without the notice before (G-CB-03).',
  other: 'Something else; the paper says what.',
} as const;
export type DisputeGround = keyof typeof DISPUTE_GROUNDS;

const PARTIES = { debtor: 'The borrower.', guarantor: 'A guarantor of the loan.' } as const satisfies Record<DisputeParty, string>;

/** Where a dispute stands. */
export const DISPUTE_STATES = {
  open: 'It is being checked.',
  overdue: 'It is being checked, and the days for the answer are over.',
  corrected: 'The report was wrong: the bureau is sent another, and the answer is written.',
  upheld: 'The report stays as it is, and the answer is written.',
} as const;

export const OPEN_DISPUTE_BODY = describeAnswer('OpenCreditDispute', 'callers', 'Which report to the credit bureau is disputed, by whom and why.', {
  asOf: day('Day at whose end the report holds, as the person reads it at the bureau.', '2026-06-30'),
  party: choice(PARTIES, 'Who disputes it; partners speak for the borrower alone.'),
  guaranteeId: id('Guarantee of the guarantor who disputes it; only where the party is a guarantor.').optional(),
  ground: choice(DISPUTE_GROUNDS, 'What is said to be wrong.'),
  receivedOn: day('Day on which the person has said so; the days for the answer run from it.', '2026-07-06'),
  documentSha256: sha256('Hash of the paper in which it is said.').optional(),
});

export const CREDIT_DISPUTE = describeAnswer('CreditDispute', 'callers', 'A dispute of what was reported to the credit bureau, as it stands now.', {
  disputeId: id('Id of the dispute.'),
  loanId: id('Id of the loan.'),
  reportId: id('The report that is disputed, by the id that is the bureau’s key of it.'),
  asOf: day('Day at whose end the report holds.', '2026-06-30'),
  party: choice(PARTIES, 'Who disputes it.'),
  guaranteeId: id('Guarantee of the guarantor; null for the borrower.').nullable(),
  ground: choice(DISPUTE_GROUNDS, 'What is said to be wrong.'),
  receivedOn: day('Day from which the days for the answer run.', '2026-07-06'),
  dueOn: day('Last day on which it is answered in time (G-CB-05).', '2026-07-26'),
  state: choice(DISPUTE_STATES, 'Where it stands.'),
  mark: choice(
    {
      planned: 'The bureau has not been asked yet.',
      sent: 'The bureau may know, and has not said yet what became of it.',
      unknown: 'The bureau was asked and gives no final answer; it is asked again.',
      done: 'The bureau has done it.',
      refused: 'The bureau does not do it.',
    },
    'Where the mark of the report at the bureau stands: that it is disputed, and after the decision that it is not any more.',
  ),
  reasonCode: text(60, 'Why people have decided so; null before.', 'REPORT_IS_RIGHT').nullable().shownTo('staff'),
  correctionId: id('The report that corrects it; null where there is none.').nullable(),
  letterId: id('The letter that answers; null before.').nullable(),
  taskId: id('Task in which people decide.').nullable().shownTo('staff'),
  openedAt: instant('When it was recorded.'),
  closedOn: day('Business date of the decision; null before.', '2026-07-16').nullable(),
});
export type CreditDisputeAnswer = AnswerOf<typeof CREDIT_DISPUTE>;

export const CREDIT_DISPUTE_LIST = describeAnswer('CreditDisputeList', 'callers', 'Disputes of what was reported of a loan.', {
  items: object(CREDIT_DISPUTE, 'Newest first, and no more than 500. Those of guarantors are shown to staff alone.').list(500),
});

export const LIST_CREDIT_DISPUTES = describeRoute({
  name: 'loan_creditDisputes',
  method: 'GET',
  path: '/v1/loans/:loanId/credit-disputes',
  owner: { service: MONITORING, path: '/loans/:loanId/credit-disputes' },
  tag: 'Loans',
  summary: 'Disputes of what was reported of a loan to the credit bureau',
  answers: { 200: { meaning: 'The disputes.', body: CREDIT_DISPUTE_LIST } },
});

export const OPEN_CREDIT_DISPUTE = describeRoute({
  name: 'loan_creditDispute',
  method: 'PUT',
  path: '/v1/loans/:loanId/credit-disputes/:creditDisputeId',
  owner: { service: MONITORING, path: '/loans/:loanId/credit-disputes/:creditDisputeId' },
  tag: 'Loans',
  summary: 'Dispute what was reported of a loan to the credit bureau',
  description:
    'The bureau is asked to mark the report as disputed, two persons check it (`lendctl held`) by the last of the days that the law gives (G-CB-05), and the person is answered in writing; where the report was wrong the bureau is sent another.',
  body: OPEN_DISPUTE_BODY,
  answers: {
    200: { meaning: 'The dispute is known already; as it stands now.', body: CREDIT_DISPUTE },
    201: { meaning: 'The dispute is new.', body: CREDIT_DISPUTE },
  },
  problems: {
    409: {
      REPORT_NOT_FILED: 'The bureau has taken in no report of the loan for that day.',
      DISPUTE_OPEN: 'Another dispute of the same report is open.',
      DISPUTE_PARTY_UNKNOWN: 'The loan has no such guarantor.',
    },
    422: { DAY_NOT_POSSIBLE: 'It cannot have been disputed on that day.' },
  },
});
