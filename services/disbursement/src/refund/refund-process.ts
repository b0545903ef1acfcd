import { Process, START, type StatusRule } from '@millrace/process';

/** Where a refund stands. REQUESTED: the bank knows nothing. INSTRUCTED: the bank may know. UNKNOWN: the bank was told and gave no final answer. */
export type RefundStatus = 'REQUESTED' | 'INSTRUCTED' | 'UNKNOWN' | 'REFUNDED' | 'REFUSED';

const TRIGGERS = {
  Requested: 'two persons give money in suspense back, and the books order it',
  Sent: 'the order goes to the bank, under the id of the refund',
  NotSent: 'the order may not go to the bank',
  Asked: 'the bank is asked what became of it',
  Refunded: 'the bank says that it has sent the money back',
  Shown: 'the statement shows the debit of the refund',
  Refused: 'the bank says that it does not send the money back',
  Unclear: 'the bank gives no final answer',
  NeverSeen: 'the bank says that it knows no such refund',
} as const;
export type RefundTrigger = keyof typeof TRIGGERS;

export type RefundEvent = 'RefundAnswered';

const WAITING = { party: 'bank', waitingFor: 'system' } as const;
const STATUSES: Readonly<Record<RefundStatus, StatusRule>> = {
  REQUESTED: { party: 'disbursement', waitingFor: 'system' },
  INSTRUCTED: WAITING,
  UNKNOWN: WAITING,
  REFUNDED: { party: null, waitingFor: null },
  REFUSED: { party: null, waitingFor: null },
};

/** The life of one refund (R-DB-08, M-RF-01). Once the bank may know it, it is asked about, and sent again only where the bank says that it never saw it. */
export const REFUND_PROCESS = new Process<RefundStatus, RefundTrigger, RefundEvent, string>({
  name: 'refund',
  about: 'From the order to send money in suspense back to its payer to what the bank says became of it.',
  statuses: STATUSES,
  triggers: TRIGGERS,
  personTriggers: [],
  rows: [
    { from: START, on: 'Requested', next: 'REQUESTED', emits: [] },
    { from: 'REQUESTED', on: 'Sent', next: 'INSTRUCTED', emits: [] },
    { from: 'REQUESTED', on: 'NotSent', next: 'REFUSED', emits: ['RefundAnswered'] },
    // The books are told once that the outcome is open, and not at every question.
    { from: 'INSTRUCTED', on: 'Unclear', next: 'UNKNOWN', emits: ['RefundAnswered'] },
    { from: 'UNKNOWN', on: 'Unclear', next: 'UNKNOWN', emits: [] },
    ...(['INSTRUCTED', 'UNKNOWN'] as const).flatMap((from) => [
      { from, on: 'Asked', next: from, emits: [] } as const,
      { from, on: 'Refunded', next: 'REFUNDED', emits: ['RefundAnswered'] } as const,
      { from, on: 'Shown', next: 'REFUNDED', emits: ['RefundAnswered'] } as const,
      { from, on: 'Refused', next: 'REFUSED', emits: ['RefundAnswered'] } as const,
      { from, on: 'NeverSeen', next: 'REQUESTED', emits: [] } as const,
    ]),
  ],
  ignored: [
    { on: 'Refunded', in: ['REFUNDED'], why: 'it is known already' },
    { on: 'Refused', in: ['REFUSED'], why: 'it is known already' },
    { on: 'Refunded', in: ['REFUSED'], why: 'the bank contradicts its final answer; a person has to look' },
    { on: 'Shown', in: ['REFUSED'], why: 'the statement contradicts the final answer of the bank; a person has to look' },
    { on: 'Refused', in: ['REFUNDED'], why: 'the bank contradicts its final answer; a person has to look' },
    { on: 'Requested', in: ['REQUESTED', 'INSTRUCTED', 'UNKNOWN', 'REFUNDED', 'REFUSED'], why: 'the refund is ordered already' },
  ],
});

/** Where refunds and their histories are. */
export const REFUND_SUBJECT = { table: 'refund', idColumn: 'refund_id', id: 'refundId' } as const;
