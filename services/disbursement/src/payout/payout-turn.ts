/** Job that does the next thing about one payout: sends it, or asks about it. */
export const INSTRUCT_PAYOUT = 'instruct_payout';

/** A payout untouched for so long has lost its job or its worker; longer than the bank may take to answer, so that no worker is overtaken while it waits. */
export const TAKEOVER_MS = 60_000;

/** Tries of one job; a payout whose job has used them all is due for the ticker, so this bounds the noise and not the payout. */
const MAX_ATTEMPTS = 10;

/** The job for one turn: a job of an earlier turn finds the payout in other hands and does nothing. */
export function payoutJob(
  payoutId: string,
  turn: number,
): [task: string, payload: { payoutId: string; turn: number }, options: { jobKey: string; maxAttempts: number }] {
  return [INSTRUCT_PAYOUT, { payoutId, turn }, { jobKey: payoutId, maxAttempts: MAX_ATTEMPTS }];
}
