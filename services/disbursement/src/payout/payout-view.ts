import type { PayoutAnswer } from '@millrace/contracts/api';
import { BrokenSealError, type FieldCipher, type StoredRow } from '@millrace/service';
import { maskPayee } from '../payee/mask-payee.js';
import { openPayee } from '../payee/payee-record.js';
import type { PayoutStatus } from './payout-process.js';

/** What staff see of a payout, as the API describes it. */
export type PayoutView = PayoutAnswer;
export type PayoutStepView = PayoutView['steps'][number];

/** Row of {@link READ_PAYOUTS}. */
export interface PayoutViewRow {
  payout_id: string;
  application_id: string;
  loan_id: string;
  uscc: string;
  amount_minor: string;
  currency: string;
  status: PayoutStatus;
  reason_code: string | null;
  payee_record_id: string;
  payee: StoredRow | null;
  held_reason: string | null;
  reservation: string | null;
  bank_reference: string | null;
  paid_at: Date | null;
  sends: number;
  queries: number;
  next_action_at: Date | null;
  created_at: Date;
  updated_at: Date;
  steps: PayoutStepView[];
}

/** Payouts of one application of one tenant, oldest first, each with its newest steps in order. */
export const READ_PAYOUTS = `
select o.payout_id, o.application_id, o.loan_id, o.uscc, o.amount_minor, o.currency, o.status, o.reason_code, o.payee_record_id, to_json(p.*) as payee, o.held_reason,
  r.status as reservation, o.bank_reference, o.paid_at, o.sends, o.queries, o.next_action_at, o.created_at, o.updated_at,
  (select json_agg(json_build_object('at', s.at, 'action', s.action, 'outcome', s.outcome, 'detail', s.detail) order by s.step_id)
    from (select * from payout_step where payout_id = o.payout_id order by step_id desc limit 500) s) as steps
from payout o
left join payee p on p.payee_record_id = o.payee_record_id and p.tenant_id = o.tenant_id and p.application_id = o.application_id
left join limit_reservation r on r.payout_id = o.payout_id
where o.application_id = $1 and o.tenant_id = $2 order by o.created_at, o.payout_id limit 100`;

export function payoutView(row: PayoutViewRow, cipher: FieldCipher): PayoutView {
  return {
    payoutId: row.payout_id,
    applicationId: row.application_id,
    loanId: row.loan_id,
    uscc: row.uscc,
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: row.status,
    reasonCode: row.reason_code,
    payee: shownPayee(row, cipher),
    heldReason: row.held_reason,
    reservation: row.reservation,
    bankReference: row.bank_reference,
    paidAt: row.paid_at?.toISOString() ?? null,
    sends: row.sends,
    queries: row.queries,
    nextActionAt: row.next_action_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    steps: row.steps.map((step) => ({ ...step, at: new Date(step.at).toISOString() })),
  };
}

function shownPayee({ payee, payee_record_id: payeeRecordId }: PayoutViewRow, cipher: FieldCipher): PayoutView['payee'] {
  try {
    return payee === null ? null : { payeeRecordId, ...maskPayee(openPayee(payee, cipher)) };
  } catch (error) {
    if (error instanceof BrokenSealError) return null;
    throw error;
  }
}
