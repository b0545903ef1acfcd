import { BANK_OUTCOMES, HOLDER_OUTCOMES } from '../bank/bank-outcomes.js';

/**
 * The life of one payout (M-DR-01, M-DR-02, S13). RESERVED: the limit is taken, the bank knows nothing. INSTRUCTED: the bank may know.
 * UNKNOWN: the bank was told and gave no final answer. PAID and FAILED are the bank's last word; what was paid may yet
 * come back, which the statement shows: RETURNED.
 */
export const PAYOUT_STATUSES = ['RESERVED', 'INSTRUCTED', 'UNKNOWN', 'PAID', 'FAILED', 'RETURNED'] as const;
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

/** `work`: a worker has the payout in hand. `returned`: the statement shows the money coming back. */
export const PAYOUT_SIGNALS = ['work', ...BANK_OUTCOMES, ...HOLDER_OUTCOMES, 'returned'] as const;
export type PayoutSignal = (typeof PAYOUT_SIGNALS)[number];

/**
 * What to do beside the change of status. `verify`, `send` and `ask` call the bank after the commit, always with the payout's own id;
 * `alarm` records an answer that contradicts an earlier final one, and changes nothing.
 */
export type PayoutAction = 'verify' | 'send' | 'ask' | 'announce_paid' | 'announce_failed' | 'announce_unknown' | 'announce_returned' | 'none' | 'alarm';

/** One cell of the table. */
export interface PayoutMove {
  readonly next: PayoutStatus;
  readonly action: PayoutAction;
}

const move = (next: PayoutStatus, action: PayoutAction): PayoutMove => ({ next, action });

/** A late answer about the holder changes nothing once the instruction is out; whoever brings it has lost its turn. */
const NO_HOLDER = { holder_confirmed: null, holder_refused: null, holder_unclear: null } as const;

/** Answers to an instruction that was, or may have been, sent. */
const ANSWERED = {
  paid: move('PAID', 'announce_paid'),
  refused: move('FAILED', 'announce_failed'),
  unclear: move('UNKNOWN', 'announce_unknown'),
  // The bank has no such payout, so the instruction never arrived: it is safe to send it again, under the same id and no other.
  never_seen: move('INSTRUCTED', 'send'),
  // What has no final answer has not come back: the line waits for it.
  returned: null,
  ...NO_HOLDER,
} as const;

/** status × signal; null where the signal cannot be (an answer about a payout that was never sent). */
export const PAYOUT_PROCESS: Readonly<Record<PayoutStatus, Readonly<Record<PayoutSignal, PayoutMove | null>>>> = {
  // Nothing is sent before the bank has said whose account it is; the question moves no money, so that it may be asked again.
  RESERVED: {
    work: move('RESERVED', 'verify'),
    paid: null,
    refused: null,
    unclear: null,
    never_seen: null,
    holder_confirmed: move('INSTRUCTED', 'send'),
    holder_refused: move('FAILED', 'announce_failed'),
    holder_unclear: move('RESERVED', 'none'),
    returned: null,
  },
  // A worker that finds INSTRUCTED follows one that died after the first commit: the money may be out, so it asks before all else.
  INSTRUCTED: { work: move('INSTRUCTED', 'ask'), ...ANSWERED },
  UNKNOWN: { work: move('UNKNOWN', 'ask'), ...ANSWERED },
  PAID: {
    work: move('PAID', 'none'),
    paid: move('PAID', 'none'),
    refused: move('PAID', 'alarm'),
    unclear: move('PAID', 'none'),
    never_seen: move('PAID', 'alarm'),
    returned: move('RETURNED', 'announce_returned'),
    ...NO_HOLDER,
  },
  FAILED: {
    work: move('FAILED', 'none'),
    paid: move('FAILED', 'alarm'),
    refused: move('FAILED', 'none'),
    unclear: move('FAILED', 'none'),
    never_seen: move('FAILED', 'none'),
    returned: null,
    ...NO_HOLDER,
  },
  // A bank that is asked again says what it has always said: it has paid.
  RETURNED: {
    work: move('RETURNED', 'none'),
    paid: move('RETURNED', 'none'),
    refused: move('RETURNED', 'none'),
    unclear: move('RETURNED', 'none'),
    never_seen: move('RETURNED', 'alarm'),
    returned: null,
    ...NO_HOLDER,
  },
};

/** Looks a move up; throws where the table says it cannot be. */
export function movePayout(status: PayoutStatus, signal: PayoutSignal): PayoutMove {
  const found = PAYOUT_PROCESS[status][signal];
  if (!found) throw new Error(`a payout in ${status} cannot get "${signal}"`);
  return found;
}
