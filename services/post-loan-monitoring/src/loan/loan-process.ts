/**
 * The life of a loan, as data (M-EV-08). How late it is, and how it is classified, are attributes that move on their own, so that no status has to tell several
 * things at once.
 */
import type { LoanStatus } from '@millrace/contracts';
import { Process, START, type ProcessRow, type StatusRule } from '@millrace/process';

const TRIGGERS = {
  LoanActivated: 'the money is out: the loan is booked with its schedule',
  RenewalSigned: 'the contract of a renewal is signed: the loan is booked for what another one owes',
  Renewed: 'the loan that renews it is booked, and has repaid it',
  DueDateMissed: 'the close of a day finds that something due was not paid by its end',
  ArrearsCleared: 'all that was late is paid',
  PaidOff: 'a movement of money leaves nothing owed',
  PayoutReturned: 'the bank has credited the payout back: the loan is void, and nothing was ever owed of it',
  MoneyTakenBack: 'the bank took back money that had paid the loan off',
  FileClosed: 'the days after the settlement are over, and nothing keeps the file open',
  Accelerated: 'notice is served, and two persons agree that the loan is called in for misuse, insolvency, lateness or another breach',
  CalledInTakenBack: 'the bank took back money that had paid off a loan that was called in',
  CaseFiled: 'two persons agree that a court gets the loan, while the claim can still be enforced',
  CaseUpdated: 'a case in court has reached another stage',
  CaseClosed: 'two persons agree that a case in court is over',
  CaseWithdrawn: 'the last case in court was withdrawn',
  CaseWithdrawnCalledIn: 'the last case in court about a loan that was called in was withdrawn',
  GuarantorClaimed: 'two persons agree that a guarantor is asked to pay, within the time of the guarantee',
  GuarantorPaid: 'money of a guarantor who was asked has paid of the loan',
  WrittenOff: 'a committee has the loan of the class LOSS leave the books; the claim stays',
  ClaimTransferred: 'a committee has the claim sold: it is its buyer’s, with the guarantees that stand for it',
  RecoveryTakenBack: 'the bank took back money that had paid off a loan that was written off',
} as const;
export type LoanTrigger = keyof typeof TRIGGERS;

export type LoanEvent =
  | 'LoanBooked'
  | 'LoanOverdueStarted'
  | 'LoanCured'
  | 'LoanStatusChanged'
  | 'LoanAccelerated'
  | 'LegalCaseFiled'
  | 'LegalCaseUpdated'
  | 'LegalCaseClosed'
  | 'GuaranteeClaimed'
  | 'GuaranteeCompensated'
  | 'LoanWrittenOff'
  | 'LoanTransferred'
  | 'LoanRenewed'
  | 'LoanSettled'
  | 'LoanFileClosed'
  | 'LoanReopened';

const STATUSES: Readonly<Record<LoanStatus, StatusRule>> = {
  ACTIVE: { party: 'borrower', waitingFor: null },
  OVERDUE: { party: 'borrower', waitingFor: null },
  ACCELERATED: { party: 'borrower', waitingFor: null },
  LEGAL: { party: 'court', waitingFor: null },
  WRITTEN_OFF: { party: 'borrower', waitingFor: null },
  SETTLED: { party: null, waitingFor: null },
  CLOSED: { party: null, waitingFor: null },
  RETURNED: { party: null, waitingFor: null },
  TRANSFERRED: { party: null, waitingFor: null },
};

type Row = ProcessRow<LoanStatus, LoanTrigger, LoanEvent>;
const row = (from: Row['from'], on: LoanTrigger, next: LoanStatus, ...emits: LoanEvent[]): Row => ({ from, on, next, emits });
/** A bank may take money back long after; the file of before is then worked with again. */
const reopening = (on: LoanTrigger, next: LoanStatus, ...emits: LoanEvent[]): Row[] =>
  (['SETTLED', 'CLOSED'] as const).map((from) => ({ from, on, next, emits, reopens: true }));

/** Statuses of a loan that is owed. */
const OWED = ['ACTIVE', 'OVERDUE', 'ACCELERATED', 'LEGAL', 'WRITTEN_OFF'] as const;

export const LOAN_PROCESS = new Process<LoanStatus, LoanTrigger, LoanEvent, string>({
  name: 'loan',
  about:
    'From the money paid to the last fen repaid, or to what becomes of it otherwise. Each movement of money is in the journal; the history of the loan holds what changes its status, with who has asked, who has decided, and why.',
  statuses: STATUSES,
  triggers: TRIGGERS,
  personTriggers: [],
  rows: [
    row(START, 'LoanActivated', 'ACTIVE', 'LoanBooked'),
    // Both rows of a renewal are one transaction.
    row(START, 'RenewalSigned', 'ACTIVE', 'LoanBooked', 'LoanRenewed'),
    row('ACTIVE', 'Renewed', 'SETTLED', 'LoanSettled'),
    // The order came late: the close has gone on, though nothing was late when the contract was signed.
    row('OVERDUE', 'Renewed', 'SETTLED', 'LoanSettled'),
    row('ACTIVE', 'DueDateMissed', 'OVERDUE', 'LoanOverdueStarted', 'LoanStatusChanged'),
    row('OVERDUE', 'ArrearsCleared', 'ACTIVE', 'LoanCured', 'LoanStatusChanged'),

    row('ACTIVE', 'Accelerated', 'ACCELERATED', 'LoanStatusChanged', 'LoanAccelerated'),
    row('OVERDUE', 'Accelerated', 'ACCELERATED', 'LoanStatusChanged', 'LoanAccelerated'),

    row('OVERDUE', 'CaseFiled', 'LEGAL', 'LoanStatusChanged', 'LegalCaseFiled'),
    row('ACCELERATED', 'CaseFiled', 'LEGAL', 'LoanStatusChanged', 'LegalCaseFiled'),
    // Enforcement follows a judgment as a case of its own; a claim that was written off is pursued on.
    row('LEGAL', 'CaseFiled', 'LEGAL', 'LegalCaseFiled'),
    row('WRITTEN_OFF', 'CaseFiled', 'WRITTEN_OFF', 'LegalCaseFiled'),
    // A case may outlive the status, where money that had ended the loan was taken back; of a claim that was sold the court goes on until its buyer has taken the case over.
    ...[...OWED, 'SETTLED' as const, 'TRANSFERRED' as const].flatMap((status) => [
      row(status, 'CaseUpdated', status, 'LegalCaseUpdated'),
      row(status, 'CaseClosed', status, 'LegalCaseClosed'),
    ]),
    row('LEGAL', 'CaseWithdrawn', 'OVERDUE', 'LoanStatusChanged'),
    row('LEGAL', 'CaseWithdrawnCalledIn', 'ACCELERATED', 'LoanStatusChanged'),

    ...(['OVERDUE', 'ACCELERATED', 'LEGAL'] as const).map((status) => row(status, 'GuarantorClaimed', status, 'GuaranteeClaimed')),
    // Its money may have ended the loan, and may be known as its own only after that.
    ...[...OWED, 'SETTLED' as const].map((status) => row(status, 'GuarantorPaid', status, 'GuaranteeCompensated')),

    row('OVERDUE', 'WrittenOff', 'WRITTEN_OFF', 'LoanStatusChanged', 'LoanWrittenOff'),
    row('ACCELERATED', 'WrittenOff', 'WRITTEN_OFF', 'LoanStatusChanged', 'LoanWrittenOff'),
    row('LEGAL', 'WrittenOff', 'WRITTEN_OFF', 'LoanStatusChanged', 'LoanWrittenOff'),

    // Whatever is owed can be sold, also what is kept beside the books; of a loan that has ended there is no claim left.
    ...OWED.map((status) => row(status, 'ClaimTransferred', 'TRANSFERRED', 'LoanStatusChanged', 'LoanTransferred')),

    // Days after the payment; what comes back later is looked at by people.
    row('ACTIVE', 'PayoutReturned', 'RETURNED', 'LoanStatusChanged'),
    row('OVERDUE', 'PayoutReturned', 'RETURNED', 'LoanStatusChanged'),

    ...OWED.map((status) => row(status, 'PaidOff', 'SETTLED', 'LoanSettled')),
    row('SETTLED', 'FileClosed', 'CLOSED', 'LoanStatusChanged', 'LoanFileClosed'),
    ...reopening('MoneyTakenBack', 'ACTIVE', 'LoanReopened'),
    ...reopening('CalledInTakenBack', 'ACCELERATED', 'LoanReopened', 'LoanStatusChanged'),
    ...reopening('RecoveryTakenBack', 'WRITTEN_OFF', 'LoanReopened', 'LoanStatusChanged'),
  ],
  ignored: [
    { on: 'LoanActivated', in: [...OWED, 'SETTLED', 'CLOSED', 'RETURNED', 'TRANSFERRED'], why: 'the loan is booked already' },
    { on: 'PayoutReturned', in: ['RETURNED'], why: 'the loan is void already' },
  ],
});

/** Where loans and their histories are. */
export const LOAN_SUBJECT = { table: 'loan', idColumn: 'loan_id', id: 'loanId' } as const;
