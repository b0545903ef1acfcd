import { Process, START, type StatusRule } from '@millrace/process';

/** Where a dispute stands. OVERDUE: the days for the answer are over, and it is still to be given. */
export type DisputeStatus = 'OPEN' | 'OVERDUE' | 'CORRECTED' | 'UPHELD';

const TRIGGERS = {
  Opened: 'a borrower or guarantor says that a report to the credit bureau is wrong; the bureau is asked to mark it',
  DaysOver: 'the days in which the law asks for the answer are over',
  Corrected: 'two persons find that it was wrong: the bureau is sent another report, and the person is answered',
  Upheld: 'two persons find that it was right, and the person is answered',
} as const;
export type DisputeTrigger = keyof typeof TRIGGERS;

export type DisputeEvent = 'CreditReportDisputeOpened' | 'CreditReportDisputeOverdue' | 'CreditReportDisputeClosed';

const CHECKED = { party: 'risk_officer', waitingFor: null } as const;
const STATUSES: Readonly<Record<DisputeStatus, StatusRule>> = {
  OPEN: CHECKED,
  OVERDUE: CHECKED,
  CORRECTED: { party: null, waitingFor: null },
  UPHELD: { party: null, waitingFor: null },
};

/** The life of a dispute of what was reported to the credit bureau (R-LG-03, G-CB-05). */
export const DISPUTE_PROCESS = new Process<DisputeStatus, DisputeTrigger, DisputeEvent, string>({
  name: 'dispute of a credit report',
  about: 'From the day on which somebody says that a report to the credit bureau is wrong to the written answer.',
  statuses: STATUSES,
  triggers: TRIGGERS,
  personTriggers: [],
  rows: [
    { from: START, on: 'Opened', next: 'OPEN', emits: ['CreditReportDisputeOpened'] },
    { from: 'OPEN', on: 'DaysOver', next: 'OVERDUE', emits: ['CreditReportDisputeOverdue'] },
    // An answer that is late is owed all the same.
    ...(['OPEN', 'OVERDUE'] as const).flatMap((from) => [
      { from, on: 'Corrected', next: 'CORRECTED', emits: ['CreditReportDisputeClosed'] } as const,
      { from, on: 'Upheld', next: 'UPHELD', emits: ['CreditReportDisputeClosed'] } as const,
    ]),
  ],
  ignored: [
    { on: 'DaysOver', in: ['OVERDUE'], why: 'it is known already' },
    { on: 'DaysOver', in: ['CORRECTED', 'UPHELD'], why: 'it was answered before' },
  ],
});

/** Where disputes and their histories are. */
export const DISPUTE_SUBJECT = { table: 'credit_dispute', idColumn: 'dispute_id', id: 'disputeId' } as const;
