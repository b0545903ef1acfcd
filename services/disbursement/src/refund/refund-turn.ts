import { turnJob, type Job } from '@millrace/service';

/** Job that does the next thing about one refund: sends it, or asks about it. */
export const INSTRUCT_REFUND = 'instruct_refund';

/** A refund untouched for so long has lost its job or its worker; longer than the bank may take to answer, so that no worker is overtaken while it waits. */
export const TAKEOVER_MS = 60_000;

/** The job for one turn of a refund. */
export const refundJob = (refundId: string, turn: number): Job => turnJob(INSTRUCT_REFUND, 'refundId', refundId, turn);
