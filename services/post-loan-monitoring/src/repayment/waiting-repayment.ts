import type { WaitingRepaymentAnswer } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { Problem } from '@millrace/service';

/** A transfer of which nothing is booked, as it stands. Money is fen as a decimal string. */
export type WaitingRepaymentView = WaitingRepaymentAnswer;

const READ = `
with told as (
  select state, loan_id, repayment_id, amount_minor, currency, received_on, bank_reference, recorded_at, waits_until, prepayment_effect from announcement
  where loan_id = $1 and repayment_id = $2
  union all
  select state, loan_id, repayment_id, amount_minor, currency, received_on, bank_reference, recorded_at, null, null from held_repayment
  where loan_id = $1 and repayment_id = $2 and state <> 'accepted'
)
select state, loan_id as "loanId", amount_minor::text as "amountMinor", currency, received_on::text as "receivedOn", bank_reference as "bankReference",
  waits_until::text as "waitsUntil", prepayment_effect as "prepaymentEffect", to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt" from told`;

const REASON_OF = {
  held: 'MORE_THAN_OWED',
  announced: 'AWAITS_STATEMENT',
  not_on_statement: 'NOT_ON_STATEMENT',
  shown_otherwise: 'SHOWN_OTHERWISE',
} as const satisfies Record<WaitingRepaymentView['state'], WaitingRepaymentView['reason']>;

type Told = Omit<WaitingRepaymentView, 'state' | 'reason' | 'repaymentId' | 'duplicateOf'> & {
  readonly state: WaitingRepaymentView['state'] | 'dropped' | 'refused' | 'booked';
};

/**
 * A transfer that waits for the bank's statement, or for persons, as it is told to whoever asked under `askedId`.
 * @throws Problem `REPAYMENT_REFUSED` where a person of the lender has refused it
 */
export async function readWaiting(tx: EventTransaction, loanId: string, repaymentId: string, askedId: string): Promise<WaitingRepaymentView> {
  const { rows } = await tx.query<Told & Record<string, unknown>>(READ, [loanId, repaymentId]);
  const { state, ...told } = rows[0]!;
  if (state === 'booked') throw new Error(`repayment ${repaymentId} is booked and has no row`);
  if (state === 'dropped' || state === 'refused') throw refused();
  return { state, reason: REASON_OF[state], repaymentId: askedId, duplicateOf: askedId === repaymentId ? null : repaymentId, ...told };
}

function refused(): Problem {
  return new Problem({
    status: 409,
    code: 'REPAYMENT_REFUSED',
    title: 'The lender has looked at this transfer and refused it.',
    detail: 'Compare it with the bank’s record. Told rightly, it is a new repayment with an id of its own; its bank reference may be used again.',
  });
}
