import { Process, START, type StatusRule } from '@millrace/process';

/** Where a direct debit stands. REQUESTED: the bank knows nothing. INSTRUCTED: the bank may know. UNKNOWN: the bank was told and gave no final answer. */
export type DebitStatus = 'REQUESTED' | 'INSTRUCTED' | 'UNKNOWN' | 'COLLECTED' | 'FAILED';

const TRIGGERS = {
  Requested: 'something falls due, and the books order it to be debited',
  Sent: 'the order goes to the bank, under the id of the debit',
  NotSent: 'the order may not go to the bank, or not any more',
  Asked: 'the bank is asked what became of it',
  Collected: 'the bank says that it has debited the account',
  Refused: 'the bank says that it does not debit the account',
  Unclear: 'the bank gives no final answer',
  NeverSeen: 'the bank says that it knows no such debit',
} as const;
export type DebitTrigger = keyof typeof TRIGGERS;

export type DebitEvent = 'DirectDebitCollected' | 'DirectDebitFailed';

const WAITING = { party: 'bank', waitingFor: 'system' } as const;
const STATUSES: Readonly<Record<DebitStatus, StatusRule>> = {
  REQUESTED: { party: 'disbursement', waitingFor: 'system' },
  INSTRUCTED: WAITING,
  UNKNOWN: WAITING,
  COLLECTED: { party: null, waitingFor: null },
  FAILED: { party: null, waitingFor: null },
};

/** The life of one direct debit (M-DD-03, R-DB-08). Once the bank may know it, it is asked about, and sent again only where the bank says that it never saw it. */
export const DEBIT_PROCESS = new Process<DebitStatus, DebitTrigger, DebitEvent, string>({
  name: 'direct debit',
  about: 'From the order of the books to what the bank says became of it. The loan is paid by the line of the statement, and never by this.',
  statuses: STATUSES,
  triggers: TRIGGERS,
  personTriggers: [],
  rows: [
    { from: START, on: 'Requested', next: 'REQUESTED', emits: [] },
    { from: 'REQUESTED', on: 'Sent', next: 'INSTRUCTED', emits: [] },
    { from: 'REQUESTED', on: 'NotSent', next: 'FAILED', emits: ['DirectDebitFailed'] },
    ...(['INSTRUCTED', 'UNKNOWN'] as const).flatMap((from) => [
      { from, on: 'Asked', next: from, emits: [] } as const,
      { from, on: 'Collected', next: 'COLLECTED', emits: ['DirectDebitCollected'] } as const,
      { from, on: 'Refused', next: 'FAILED', emits: ['DirectDebitFailed'] } as const,
      { from, on: 'Unclear', next: 'UNKNOWN', emits: [] } as const,
      { from, on: 'NeverSeen', next: 'REQUESTED', emits: [] } as const,
    ]),
  ],
  ignored: [
    { on: 'Collected', in: ['COLLECTED'], why: 'it is known already' },
    { on: 'Refused', in: ['FAILED'], why: 'it is known already' },
    { on: 'Collected', in: ['FAILED'], why: 'the bank contradicts its final answer; a person has to look' },
    { on: 'Refused', in: ['COLLECTED'], why: 'the bank contradicts its final answer; a person has to look' },
    { on: 'Requested', in: ['REQUESTED', 'INSTRUCTED', 'UNKNOWN', 'COLLECTED', 'FAILED'], why: 'the debit is ordered already' },
  ],
});

/** Where debits and their histories are. */
export const DEBIT_SUBJECT = { table: 'direct_debit', idColumn: 'direct_debit_id', id: 'debitId' } as const;
