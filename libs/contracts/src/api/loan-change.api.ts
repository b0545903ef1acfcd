import type { LoanClass } from '../facts.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, day, id, instant, money, object, open, sha256 } from './fields.js';
import { describeRoute } from './route.js';

/** What may be changed of a loan besides its money. */
export const LOAN_CHANGE_KINDS = {
  class_fact: 'A fact that classes the loan.',
  class_fact_end: 'The end of such a fact.',
  acceleration: 'The loan is called in before its time.',
  legal_case: 'A case in court about the loan.',
  legal_case_update: 'A stage of such a case.',
  legal_case_end: 'The end of such a case.',
  demand: 'The borrower was asked for the money.',
  write_off: 'The loan is taken out of the books; the claim stays.',
  transfer: 'The claim is sold.',
  guarantee: 'Somebody stands for the loan beside its borrower.',
  guarantee_claim: 'A guarantor is asked to pay.',
  guarantee_compensation: 'Whose money a transfer of a guarantor is.',
  extension: 'The term of the loan becomes longer.',
  restructuring: 'The loan gets other terms, as the borrower cannot pay by those of before.',
  rate_change: 'The rate follows the loan prime rate, as the contract says; nobody decides.',
} as const;
export type LoanChangeKind = keyof typeof LOAN_CHANGE_KINDS;

export const LOAN_CHANGE = describeAnswer('LoanChange', 'callers', 'A change of a loan besides its money, as it stands now.', {
  changeId: id('Id of the change.'),
  loanId: id('Id of the loan.'),
  kind: choice(LOAN_CHANGE_KINDS, 'What is changed.'),
  state: choice(
    {
      requested: 'It is not decided yet; nothing is changed.',
      applied: 'It holds.',
      refused: 'It is refused; nothing was changed.',
    },
    'Where it stands.',
  ),
  taskId: id('Task in which people decide; null where nobody is asked.').nullable(),
  content: open('What was asked for, as it was sent.', { kind: 'misuse', from: '2026-04-01', reason: 'monitoring_report' }),
  requestedAt: instant('When it was asked for.', '2026-04-03T02:00:00.000Z'),
  decidedAt: instant('When it was decided; null while it waits.', '2026-04-03T03:00:00.000Z').nullable(),
});
export type LoanChangeAnswer = AnswerOf<typeof LOAN_CHANGE>;

export const LOAN_CHANGE_LIST = describeAnswer('LoanChangeList', 'callers', 'The changes of a loan.', {
  items: object(LOAN_CHANGE, 'In the order of asking.').list(1_000),
});

const MONITORING = 'post-loan-monitoring';

/** Answers of a change that waits for two persons. */
export const WAITING_ANSWERS = {
  200: { meaning: 'The change is known already; as it stands now.', body: LOAN_CHANGE },
  202: { meaning: 'The change is new and waits for people.', body: LOAN_CHANGE },
} as const;

/** Problems of every change. */
export const CHANGE_PROBLEMS = {
  CHANGE_WAITS_ALREADY: 'Another change of the same kind waits for its decision.',
  LOAN_CLOSED: 'The file of the loan is closed.',
  LOAN_NOT_LIVE: 'Nothing is owed any more, so that nothing can be changed.',
} as const;

export const LIST_LOAN_CHANGES = describeRoute({
  name: 'loan_changes',
  method: 'GET',
  path: '/v1/loans/:loanId/changes',
  owner: { service: MONITORING, path: '/loans/:loanId/changes' },
  tag: 'Loans',
  summary: 'What was changed of a loan besides its money',
  answers: { 200: { meaning: 'The changes.', body: LOAN_CHANGE_LIST } },
});

/** What may be known of a loan besides its money that classes it. */
export const CLASS_FACT_KINDS = {
  misuse: 'Money was used for something else than agreed (G-CL-03).',
  technical_delay: 'A fault of technique or operation, and not the borrower, keeps a payment back, for seven days at most (G-CL-02).',
  renewal_not_qualifying: 'The loan was repaid with a new one that does not qualify as a renewal (G-CL-04).',
  cross_default:
    'The borrower’s debt to another lender is non-performing (G-CL-05); with `shareBps`, so much of its debt at all banks is overdue for more than 90 days (G-CL-07).',
  rating_collapse: 'An outside rating has collapsed (G-CL-06).',
  impairment: 'The loan is impaired; with `shareBps`, so much of what the books have of it is expected to be lost (G-CL-06, G-CL-08, G-CL-09).',
  evasion: 'The borrower evades its debt (G-CL-08).',
  bankruptcy: 'The borrower is in bankruptcy liquidation (G-CL-09).',
  restructured: 'The contract was changed because the borrower could not pay (G-CL-13); with `to`, the loan is observed until then at least.',
  override: 'A person has found that the loan is in the class `atLeast` or a worse one.',
} as const;
export type ClassFactKind = keyof typeof CLASS_FACT_KINDS;

/** What a fact, or its end, was seen in. */
export const CLASS_FACT_REASONS = {
  monitoring_report: 'A report of the monitoring.',
  court_or_register: 'A court, or a public register.',
  bureau_report: 'A report of a credit bureau.',
  borrower_notice: 'What the borrower has told.',
  bank_notice: 'What a bank has told.',
  impairment_test: 'A test of impairment.',
  audit: 'A finding of the audit.',
  resolved: 'What led to it is over.',
  recorded_by_mistake: 'It was recorded by mistake.',
} as const;

const SETTABLE_MEANINGS = {
  SPECIAL_MENTION: 'Special mention.',
  SUBSTANDARD: 'Substandard.',
  DOUBTFUL: 'Doubtful.',
  LOSS: 'Loss.',
} as const satisfies Partial<Record<LoanClass, string>>;

export const RECORD_CLASS_FACT_BODY = describeAnswer('RecordClassFact', 'callers', 'A fact that classes a loan.', {
  kind: choice(CLASS_FACT_KINDS, 'What is known.'),
  from: day('First day on which it holds.'),
  to: day('Last day on which it holds; absent where that is not known.').optional(),
  shareBps: bps('Share that `kind` asks for: expected loss of an impairment, or what of the debt at all banks is overdue.', 5_500).optional(),
  amountMinor: money(
    'What was misused, of `misuse` and of no other kind: where the contract says so it bears the raise for misuse from the first day on (G-PR-07). Without it the fact classes the loan and costs nothing.',
    '12000000',
  ).optional(),
  atLeast: choice(SETTABLE_MEANINGS, 'Class of an `override`, and of no other kind.').optional(),
  reason: choice(CLASS_FACT_REASONS, 'What it was seen in.'),
  documentSha256: sha256('Hash of the document that shows it.').optional(),
});

export const RECORD_CLASS_FACT = describeRoute({
  name: 'loan_class_fact',
  method: 'PUT',
  path: '/v1/loans/:loanId/class-facts/:classFactId',
  owner: { service: MONITORING, path: '/loans/:loanId/class-facts/:classFactId' },
  tag: 'Loans',
  summary: 'Record a fact that classes a loan',
  description:
    'One person may make a class worse: the fact holds at once, and the loan is classed by it. A technical delay makes it better, and waits for two persons (`lendctl held`).',
  body: RECORD_CLASS_FACT_BODY,
  answers: {
    ...WAITING_ANSWERS,
    201: { meaning: 'The fact is new and holds.', body: LOAN_CHANGE },
  },
  problems: {
    409: CHANGE_PROBLEMS,
    422: { FACT_NOT_POSSIBLE: 'The days, the share, the amount or the class do not go with the kind of the fact.' },
  },
});

export const END_CLASS_FACT_BODY = describeAnswer('EndClassFact', 'callers', 'Until when a fact has held, and why it holds no more.', {
  classFactId: id('The fact.'),
  to: day('Last day on which it holds; the day before its first one takes it back as a whole.'),
  reason: choice(CLASS_FACT_REASONS, 'What its end was seen in.'),
  documentSha256: sha256('Hash of the document that shows it.').optional(),
});

export const END_CLASS_FACT = describeRoute({
  name: 'loan_class_fact_end',
  method: 'PUT',
  path: '/v1/loans/:loanId/class-fact-ends/:classFactEndId',
  owner: { service: MONITORING, path: '/loans/:loanId/class-fact-ends/:classFactEndId' },
  tag: 'Loans',
  summary: 'End a fact that classes a loan',
  description:
    'It may make the class better, so that two persons decide (`lendctl held`). The loan leaves a non-performing class by good conduct alone (G-CL-12).',
  body: END_CLASS_FACT_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: CHANGE_PROBLEMS,
    422: { FACT_NOT_POSSIBLE: 'The fact is not there, is ended already, or begins later than it would end.' },
  },
});
