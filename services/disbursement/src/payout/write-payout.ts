import type { EventTransaction } from '@millrace/messaging';
import type { PayoutStatus } from './payout-process.js';

/** One line of what was done about a payout; codes only. */
export interface PayoutStep {
  readonly action: 'VERIFY' | 'SEND' | 'ASK' | 'ANSWER' | 'ALARM' | 'RETURN';
  readonly outcome?: string;
  readonly detail?: string | null;
}

/** What changes of a payout; a column that is not named keeps its value. */
export interface PayoutChange {
  readonly status?: PayoutStatus;
  readonly turn?: number;
  /** Null where the payout is final. */
  readonly nextActionAt?: Date | null;
  readonly reasonCode?: string;
  readonly bankReference?: string | null;
  readonly paidAt?: Date;
  /** The lender's account that the money leaves, set with the first instruction for good: the bank refuses the id with any other content. */
  readonly payerAccount?: string | null;
  /** Null where it is not held any more. */
  readonly heldReason?: string | null;
}

/** Sends and questions are counted from their steps, so that figures and story cannot differ. */
const WRITE = `
with steps as (
  select * from unnest($13::text[], $14::text[], $15::text[]) with ordinality as s(action, outcome, detail, position)
), moved as (
  update payout set status = coalesce($3, status), turn = coalesce($4, turn), next_action_at = case when $5 then $6 else next_action_at end,
    reason_code = coalesce($7, reason_code), bank_reference = coalesce($8, bank_reference), paid_at = coalesce($9, paid_at), held_reason = case when $10 then $11 else held_reason end,
    payer_account = coalesce($12, payer_account), updated_at = $2,
    sends = sends + (select count(*) from steps where action = 'SEND')::int, queries = queries + (select count(*) from steps where action = 'ASK')::int
  where payout_id = $1
)
insert into payout_step (payout_id, at, action, outcome, detail) select $1, $2, action, outcome, detail from steps order by position`;

/** Writes a change and the steps that it consists of, in one statement. */
export async function writePayout(tx: EventTransaction, payoutId: string, now: Date, change: PayoutChange, steps: readonly PayoutStep[]): Promise<void> {
  await tx.query(WRITE, [
    payoutId,
    now,
    change.status ?? null,
    change.turn ?? null,
    change.nextActionAt !== undefined,
    change.nextActionAt ?? null,
    change.reasonCode ?? null,
    change.bankReference ?? null,
    change.paidAt ?? null,
    change.heldReason !== undefined,
    change.heldReason ?? null,
    change.payerAccount ?? null,
    steps.map(({ action }) => action),
    steps.map(({ outcome }) => outcome ?? null),
    steps.map(({ detail }) => detail ?? null),
  ]);
}
