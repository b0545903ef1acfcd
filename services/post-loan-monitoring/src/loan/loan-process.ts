/**
 * The life of a loan, as data (M-EV-08). How late it is, and how it is classified, are attributes that move on their own, so that no status has to tell several
 * things at once.
 */
import type { LoanStatus } from '@millrace/contracts';
import { Process, START, type StatusRule } from '@millrace/process';

const TRIGGERS = {
  LoanActivated: 'the money is out: the loan is booked with its schedule',
  DueDateMissed: 'the close of a day finds that something due was not paid by its end',
  ArrearsCleared: 'all that was late is paid',
  PaidOff: 'a movement of money leaves nothing owed',
  MoneyTakenBack: 'the bank took back money that had paid the loan off',
  WrittenOff: 'a committee has the loan of the class LOSS leave the books; the claim stays',
  RecoveryTakenBack: 'the bank took back money that had paid off a loan that was written off',
} as const;
export type LoanTrigger = keyof typeof TRIGGERS;

export type LoanEvent = 'LoanBooked' | 'LoanOverdueStarted' | 'LoanCured' | 'LoanStatusChanged' | 'LoanWrittenOff' | 'LoanSettled' | 'LoanReopened';

const STATUSES: Readonly<Record<LoanStatus, StatusRule>> = {
  ACTIVE: { party: 'borrower', waitingFor: null },
  OVERDUE: { party: 'borrower', waitingFor: null },
  WRITTEN_OFF: { party: 'borrower', waitingFor: null },
  SETTLED: { party: null, waitingFor: null },
};

export const LOAN_PROCESS = new Process<LoanStatus, LoanTrigger, LoanEvent, string>({
  name: 'loan',
  about: 'From the money paid to the last fen repaid. Each movement of money is in the journal; the history of the loan holds what changes its status.',
  statuses: STATUSES,
  triggers: TRIGGERS,
  personTriggers: [],
  rows: [
    { from: START, on: 'LoanActivated', next: 'ACTIVE', emits: ['LoanBooked'] },
    { from: 'ACTIVE', on: 'DueDateMissed', next: 'OVERDUE', emits: ['LoanOverdueStarted', 'LoanStatusChanged'] },
    { from: 'OVERDUE', on: 'ArrearsCleared', next: 'ACTIVE', emits: ['LoanCured', 'LoanStatusChanged'] },
    { from: 'ACTIVE', on: 'PaidOff', next: 'SETTLED', emits: ['LoanSettled'] },
    { from: 'OVERDUE', on: 'PaidOff', next: 'SETTLED', emits: ['LoanCured', 'LoanSettled'] },
    { from: 'OVERDUE', on: 'WrittenOff', next: 'WRITTEN_OFF', emits: ['LoanStatusChanged', 'LoanWrittenOff'] },
    { from: 'WRITTEN_OFF', on: 'PaidOff', next: 'SETTLED', emits: ['LoanSettled'] },
    { from: 'SETTLED', on: 'RecoveryTakenBack', next: 'WRITTEN_OFF', emits: ['LoanReopened', 'LoanStatusChanged'], reopens: true },
    { from: 'SETTLED', on: 'MoneyTakenBack', next: 'ACTIVE', emits: ['LoanReopened'], reopens: true },
  ],
  ignored: [{ on: 'LoanActivated', in: ['ACTIVE', 'OVERDUE', 'WRITTEN_OFF', 'SETTLED'], why: 'the loan is booked already' }],
});

/** Where loans and their histories are. */
export const LOAN_SUBJECT = { table: 'loan', idColumn: 'loan_id', id: 'loanId' } as const;
