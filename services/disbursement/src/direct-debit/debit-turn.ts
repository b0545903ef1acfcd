/** Job that does the next thing about one debit: sends it, or asks about it. */
export const INSTRUCT_DEBIT = 'instruct_direct_debit';

/** A debit untouched for so long has lost its job or its worker; longer than the bank may take to answer, so that no worker is overtaken while it waits. */
export const TAKEOVER_MS = 60_000;

/** Tries of one job; a debit whose job has used them all is due for the ticker, so this bounds the noise and not the debit. */
const MAX_ATTEMPTS = 10;

/** The job for one turn: a job of an earlier turn finds the debit in other hands and does nothing. */
export function debitJob(
  debitId: string,
  turn: number,
): [task: string, payload: { debitId: string; turn: number }, options: { jobKey: string; maxAttempts: number }] {
  return [INSTRUCT_DEBIT, { debitId, turn }, { jobKey: debitId, maxAttempts: MAX_ATTEMPTS }];
}
