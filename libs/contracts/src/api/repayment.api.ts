import { describeAnswer, type AnswerOf } from './field.js';
import { choice, currency, day, flag, form, id, instant, money, object, signedMoney, text, whole } from './fields.js';
import { LOAN_PAGE, NEXT_CURSOR } from './loan-page.api.js';
import { describeRoute } from './route.js';

export const ALLOCATION_LINE = describeAnswer('AllocationLine', 'callers', 'A part of a repayment and what it went to.', {
  instalment: whole(1, 600, 'Number of the instalment.', 1),
  bucket: choice(
    {
      fees: 'Fees.',
      penalty: 'Penalty interest.',
      overdueInterest: 'Interest of an instalment whose day has passed.',
      overduePrincipal: 'Principal of an instalment whose day has passed.',
      currentInterest: 'Interest that is due on the day of the money or later.',
      currentPrincipal: 'Principal that is due on the day of the money or later.',
    },
    'What it paid.',
  ),
  amountMinor: money('How much of the repayment.', '158750'),
});

export const ALLOCATION = describeAnswer('Allocation', 'callers', 'How one repayment was spread (M-RS-05).', {
  feesMinor: money('What paid fees.', '0'),
  penaltyMinor: money('What paid penalty interest.', '0'),
  interestMinor: money('What paid interest.', '158750'),
  principalMinor: money('What paid principal.', '2426300'),
  unallocatedMinor: money('What is held for the borrower.', '0'),
  lines: object(ALLOCATION_LINE, 'Every part, in the order in which the money was spent.').list(2_000),
});

const PREPAYMENT_EFFECT_MEANINGS = {
  shorter_term: 'The instalment stays, and the loan ends earlier.',
  lower_instalment: 'The dates stay, and the instalment falls.',
} as const;
const PREPAYMENT_EFFECT = choice(PREPAYMENT_EFFECT_MEANINGS, 'What the money changes as a prepayment; null for money that pays what is due.').nullable();

export const REPAYMENT = describeAnswer(
  'Repayment',
  'callers',
  'A repayment and what it did when it came; nothing in it changes later but `state` and `reversed`.',
  {
    repaymentId: id('Id under which it was asked for.'),
    duplicateOf: id('The id under which the same transfer was reported before; null where this is the first.').nullable(),
    loanId: id('Id of the loan.'),
    state: choice(
      {
        booked: 'The bank’s statement shows it.',
        unconfirmed: 'It was booked on somebody’s word, before the lender read its statement, and no line has shown it since.',
      },
      'What the repayment rests on.',
    ),
    amountMinor: money('What came in, by the bank.', '2585050'),
    announcedAmountMinor: money('What was announced, where the bank shows another amount; else null.', '2585000').nullable(),
    currency: currency(),
    receivedOn: day('Day from which the bank counts the money.'),
    announcedOn: day('The day that was announced, where the bank shows another one; else null.').nullable(),
    valueOn: day('Day from which the money counts: that of the receipt.'),
    bankReference: text(100, 'The bank’s own name of the transfer.', 'TRANSFER-20260402-1'),
    allocation: object(ALLOCATION, 'What the money paid.'),
    waivedInterestMinor: money('Interest that this payoff made unowed (G-PR-10).', '0'),
    outstandingPrincipalMinor: money('Principal that is left.', '27573700'),
    prepaymentEffect: PREPAYMENT_EFFECT,
    settledLoan: flag('True where nothing is owed any more.', false),
    reversed: flag('True where the bank took the money back: it counts no more.', false),
    recordedAt: instant('When it was recorded.', '2026-04-02T02:00:00.000Z'),
  },
);
export type RepaymentAnswer = AnswerOf<typeof REPAYMENT>;

export const WAITING_REPAYMENT = describeAnswer(
  'HeldRepayment',
  'callers',
  'A transfer of which nothing is booked; told again under its id, it answers how it stands, and as a repayment once the bank has shown it.',
  {
    state: choice(
      {
        announced: 'The line of the bank’s statement is waited for.',
        not_on_statement: 'The line has not come in time, and a payment officer looks; it is booked if it comes still.',
        shown_otherwise: 'The bank shows the reference, and not as it was announced: two persons look, or it is another loan’s money.',
        held: 'It was told to an earlier version of the lender’s system, and two persons look.',
      },
      'Where it stands.',
    ),
    reason: choice(
      {
        AWAITS_STATEMENT: 'A word moves no money: the bank has to show it.',
        NOT_ON_STATEMENT: 'The bank has not shown it.',
        SHOWN_OTHERWISE: 'The bank has shown something else.',
        MORE_THAN_OWED: 'It is more than the loan can owe.',
      },
      'Why it waits.',
    ),
    repaymentId: id('Id under which it was reported.'),
    duplicateOf: id('The id under which the same transfer was reported before; null where this is the first.').nullable(),
    loanId: id('Id of the loan.'),
    amountMinor: money('What was reported.', '2585050'),
    currency: currency(),
    receivedOn: day('Business date on which the money came in, as it was reported.'),
    bankReference: text(100, 'The bank’s own name of the transfer.', 'TRANSFER-20260402-1'),
    prepaymentEffect: PREPAYMENT_EFFECT,
    waitsUntil: day('Last day on which the line is waited for without a person; null where persons look.').nullable(),
    recordedAt: instant('When it was recorded.', '2026-04-02T02:00:00.000Z'),
  },
);
export type WaitingRepaymentAnswer = AnswerOf<typeof WAITING_REPAYMENT>;

export const REPAYMENT_LIST = describeAnswer('RepaymentList', 'callers', 'A page of repayments.', {
  items: object(REPAYMENT, 'In the order of recording.').list(500),
  nextCursor: NEXT_CURSOR,
});

const RECORD_REPAYMENT_FIELDS = {
  amountMinor: form(/^-?\d{1,18}(\.\d{1,18})?$/, 'an amount in fen as a string', 'A whole, positive number of fen.', '2585050'),
  currency: currency('Currency of the loan.'),
  receivedOn: day('Business date (Asia/Shanghai) on which the money came in.'),
  bankReference: form(
    /^[\x21-\x7e]{1,100}$/,
    '1 to 100 printable ASCII characters without spaces',
    'The bank’s own name of the transfer.',
    'TRANSFER-20260402-1',
  ),
} as const;

export const RECORD_REPAYMENT_BODY = describeAnswer('RecordRepayment', 'callers', 'One transfer that the borrower has made.', RECORD_REPAYMENT_FIELDS);

export const RECORD_PREPAYMENT_BODY = describeAnswer('RecordPrepayment', 'callers', 'One transfer that is to repay principal before it is due.', {
  ...RECORD_REPAYMENT_FIELDS,
  effect: choice(PREPAYMENT_EFFECT_MEANINGS, 'What it is to change; what the contract says where it is not given.').optional(),
});

export const JOURNAL_LINE = describeAnswer('JournalLine', 'callers', 'One side of an entry.', {
  account: text(4, 'Code of the account.', '1303'),
  accountName: text(100, 'Name of the account.', 'Loans'),
  debitMinor: money('Debit.'),
  creditMinor: money('Credit.', '0'),
});

export const JOURNAL_ENTRY = describeAnswer('JournalEntry', 'callers', 'One movement of money; its debits and credits are equal.', {
  entryId: id('Id of the entry.'),
  sourceKind: choice(
    {
      LOAN_BOOKED: 'The money was paid out, or has settled the loan that this one renews.',
      PAYOUT_RETURNED: 'The bank has sent the payout back: the loan is void.',
      WRITTEN_OFF: 'The loan has left the books against what was set aside for it; the claim is kept beside them.',
      CLAIM_TRANSFERRED: 'The claim was sold, and has left the books.',
      TRANSFER_PRICE: 'Money of the buyer has paid of the price of the claim.',
      REPAYMENT: 'Money of the borrower came in.',
      RENEWED: 'The loan was repaid with the one that renews it.',
      HELD_CREDIT: 'Money that was held for the borrower was used on a due date.',
      REVERSAL: 'An entry was taken back, as something became known later that changes it.',
      ACCRUAL_CORRECTED: 'What was earned on a closed day is another than was posted for it, as something became known later.',
    },
    'What it books.',
  ),
  sourceId: id(
    'Payout, settlement of a renewal, repayment, request of a write-off or of a transfer, or line of the statement that has brought a payout back or the price of a claim; null for the use of money that was held, and for what corrects.',
  ).nullable(),
  reverses: id('The entry that this one takes back; null for all others.').nullable(),
  postedOn: day('Business day of the books.'),
  valueOn: day('Day from which the money counts.'),
  recordedAt: instant('When it was recorded.', '2026-04-02T02:00:00.000Z'),
  lines: object(JOURNAL_LINE, 'Its sides.').list(100),
});

export const JOURNAL_TOTALS = describeAnswer('JournalTotals', 'callers', 'Sums of all entries.', {
  debitMinor: money('All debits.'),
  creditMinor: money('All credits.'),
});

export const ACCOUNT_BALANCE = describeAnswer('AccountBalance', 'callers', 'What an account holds of this loan.', {
  account: text(4, 'Code of the account.', '1303'),
  accountName: text(100, 'Name of the account.', 'Loans'),
  balanceMinor: signedMoney('Debits less credits.', '30000000'),
});

export const JOURNAL = describeAnswer('Journal', 'callers', 'The journal of a loan; the totals are of all entries, whatever the page.', {
  loanId: id('Id of the loan.'),
  items: object(JOURNAL_ENTRY, 'Oldest first.').list(500),
  nextCursor: NEXT_CURSOR,
  totals: object(JOURNAL_TOTALS, 'Sums of all entries.'),
  accounts: object(ACCOUNT_BALANCE, 'Balance of each account; they add up to zero.').list(100),
  balanced: flag('True where all debits equal all credits.'),
});
export type JournalAnswer = AnswerOf<typeof JOURNAL>;

const MONITORING = 'post-loan-monitoring';

export const LIST_REPAYMENTS = describeRoute({
  name: 'loan_repayments',
  method: 'GET',
  path: '/v1/loans/:loanId/repayments',
  owner: { service: MONITORING, path: '/loans/:loanId/repayments' },
  tag: 'Loans',
  summary: 'Repayments in the order of recording',
  query: LOAN_PAGE,
  answers: { 200: { meaning: 'A page of repayments.', body: REPAYMENT_LIST } },
});

const TRANSFER_PROBLEMS = {
  409: {
    BANK_REFERENCE_REUSED: 'The bank’s reference names another transfer.',
    MONEY_KEPT_ALREADY: 'The bank has shown this transfer, and the lender keeps it in suspense or has sent it back.',
    REPAYMENT_REFUSED: 'The lender has found that there is no such transfer.',
  },
  422: {
    AMOUNT_NEGATIVE: 'The amount is below zero.',
    AMOUNT_ZERO: 'The amount is zero.',
    AMOUNT_NOT_WHOLE_FEN: 'The amount is not a whole number of fen.',
    AMOUNT_OUT_OF_RANGE: 'The loan cannot hold this much money.',
    CURRENCY_MISMATCH: 'The loan is in another currency.',
    RECEIVED_IN_FUTURE: 'The day is later than today.',
    RECEIVED_BEFORE_DISBURSEMENT: 'The day is before the payout.',
    LOAN_CLOSED: 'The file of the loan is closed.',
    LOAN_RETURNED: 'The bank has sent the payout back, so that the loan is void.',
    CLAIM_TRANSFERRED: 'The claim was sold, so that the money is its buyer’s.',
  },
} as const;

export const RECORD_REPAYMENT = describeRoute({
  name: 'loan_repay',
  method: 'PUT',
  path: '/v1/loans/:loanId/repayments/:repaymentId',
  owner: { service: MONITORING, path: '/loans/:loanId/repayments/:repaymentId' },
  tag: 'Loans',
  summary: 'Announce a transfer',
  description:
    'A word moves no money: the transfer waits until the bank’s statement shows its reference, and is booked then, with the bank’s amount and day. Told again, it answers how it stands. The reference names one transfer for good: told under another id, it counts once.',
  body: RECORD_REPAYMENT_BODY,
  answers: {
    200: { meaning: 'The transfer is booked.', body: REPAYMENT },
    202: { meaning: 'The transfer waits for the bank’s statement, or for persons; nothing of it is booked.', body: WAITING_REPAYMENT },
  },
  problems: TRANSFER_PROBLEMS,
});

export const RECORD_PREPAYMENT = describeRoute({
  name: 'loan_prepay',
  method: 'PUT',
  path: '/v1/loans/:loanId/prepayments/:prepaymentId',
  owner: { service: MONITORING, path: '/loans/:loanId/prepayments/:prepaymentId' },
  tag: 'Loans',
  summary: 'Announce a transfer that repays principal before it is due',
  description:
    'It is announced and booked as any transfer is, and shown among the repayments. Its money pays what is due, the interest of the period up to its day, the fee of the contract, and principal; then the rest of the schedule is laid out anew as the contract says. Without it, money beyond what is due is held for the next due date. Of a transfer that was announced or booked already, it says the same afterwards, for as many days as an announcement waits.',
  body: RECORD_PREPAYMENT_BODY,
  answers: {
    200: { meaning: 'The transfer is booked.', body: REPAYMENT },
    202: { meaning: 'The transfer waits for the bank’s statement, or for persons; nothing of it is booked.', body: WAITING_REPAYMENT },
  },
  problems: {
    409: {
      ...TRANSFER_PROBLEMS[409],
      PREPAYMENT_NOT_AGREED: 'The contract says nothing of repaying a part early.',
      PREPAYMENT_NOT_OPEN: 'The loan is settled, or all of it is due already.',
      PREPAYMENT_TOLD_TOO_LATE: 'The money was booked too long ago.',
    },
    422: { ...TRANSFER_PROBLEMS[422], PREPAYMENT_EFFECT_NOT_AGREED: 'The contract does not let the borrower choose this effect.' },
  },
});

export const SHOW_JOURNAL = describeRoute({
  name: 'loan_journal',
  method: 'GET',
  path: '/v1/loans/:loanId/journal',
  owner: { service: MONITORING, path: '/loans/:loanId/journal' },
  tag: 'Loans',
  summary: 'The balanced double-entry journal of the loan',
  query: LOAN_PAGE,
  answers: { 200: { meaning: 'A page of the journal.', body: JOURNAL } },
});
