/** Job that does the next thing about one refund: sends it, or asks about it. */
export const INSTRUCT_REFUND = 'instruct_refund';

/** A refund untouched for so long has lost its job or its worker; longer than the bank may take to answer, so that no worker is overtaken while it waits. */
export const TAKEOVER_MS = 60_000;

/** Tries of one job; a refund whose job has used them all is due for the ticker, so this bounds the noise and not the refund. */
const MAX_ATTEMPTS = 10;

/** The job for one turn: a job of an earlier turn finds the refund in other hands and does nothing. */
export function refundJob(
  refundId: string,
  turn: number,
): [task: string, payload: { refundId: string; turn: number }, options: { jobKey: string; maxAttempts: number }] {
  return [INSTRUCT_REFUND, { refundId, turn }, { jobKey: refundId, maxAttempts: MAX_ATTEMPTS }];
}
