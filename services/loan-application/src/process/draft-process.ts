/** The life of a draft, as data (M-AP-13): an application before it is submitted, under the same id. What becomes of it then is the process of the application. */
import type { DraftStatus } from '@millrace/contracts';
import { Process, START, type ProcessRow } from '@millrace/process';

const TRIGGERS = {
  Created: 'the applicant begins to fill in an application',
  Saved: 'the applicant saves what it has filled in so far',
  ConsentGiven: 'the applicant gives one consent',
  ConsentWithdrawn: 'the applicant withdraws one consent, as it gave it',
  PageShown: 'a page was shown to the applicant, or ticked by it',
  Submitted: 'the applicant submits, with every consent',
  Cancelled: 'the applicant throws the draft away',
  DeadlinePassed: 'the deadline of the status is over',
} as const;
export type DraftTrigger = keyof typeof TRIGGERS;

type Row = ProcessRow<DraftStatus, DraftTrigger, never>;
const row = (from: Row['from'], on: DraftTrigger, next: DraftStatus): Row => ({ from, on, next, emits: [] });
/** Whatever the applicant does begins the time anew in which it may do nothing. */
const edit = (on: DraftTrigger): Row => ({ ...row('DRAFT', on, 'DRAFT'), renewsDeadline: true });

export const DRAFT_PROCESS = new Process<DraftStatus, DraftTrigger, never, never>({
  name: 'draft',
  about: 'From the first field to the submission. It tells nobody of itself; the application that comes of it does.',
  statuses: {
    DRAFT: { party: 'applicant', waitingFor: 'applicant', deadline: { name: 'draftIdleDays', reason: 'DRAFT_IDLE' } },
    SUBMITTED: { party: null, waitingFor: null },
    CANCELLED: { party: null, waitingFor: null },
    EXPIRED: { party: null, waitingFor: null },
  },
  triggers: TRIGGERS,
  personTriggers: ['Created', 'Saved', 'ConsentGiven', 'ConsentWithdrawn', 'PageShown', 'Submitted', 'Cancelled'],
  withdrawal: 'Cancelled',
  rows: [
    row(START, 'Created', 'DRAFT'),
    edit('Saved'),
    edit('ConsentGiven'),
    edit('ConsentWithdrawn'),
    edit('PageShown'),
    row('DRAFT', 'Submitted', 'SUBMITTED'),
    row('DRAFT', 'Cancelled', 'CANCELLED'),
    row('DRAFT', 'DeadlinePassed', 'EXPIRED'),
  ],
  ignored: [],
});
