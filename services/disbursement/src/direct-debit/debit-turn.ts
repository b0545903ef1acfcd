import { turnJob, type Job } from '@millrace/service';

/** Job that does the next thing about one debit: sends it, or asks about it. */
export const INSTRUCT_DEBIT = 'instruct_direct_debit';

/** A debit untouched for so long has lost its job or its worker; longer than the bank may take to answer, so that no worker is overtaken while it waits. */
export const TAKEOVER_MS = 60_000;

/** The job for one turn of a debit. */
export const debitJob = (debitId: string, turn: number): Job => turnJob(INSTRUCT_DEBIT, 'debitId', debitId, turn);
