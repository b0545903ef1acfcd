import type { EventTransaction, TransactionContext } from '@millrace/messaging';
import { BrokenSealError, type FieldCipher, type StoredRow } from '@millrace/service';
import { openPayee, type Payee } from '../payee/payee-record.js';
import type { PayoutStatus } from './payout-process.js';

/** A payout as a worker has it in hand, with the payee in the clear. */
export interface StoredPayout {
  readonly payoutId: string;
  readonly applicationId: string;
  readonly loanId: string;
  /** Fen, as it goes to the bank and into events. */
  readonly amountMinor: string;
  readonly currency: string;
  readonly policyVersion: string;
  readonly status: PayoutStatus;
  /** Set once the bank has owned up to the payout. */
  readonly bankReference: string | null;
  /** Questions asked so far. */
  readonly queries: number;
  readonly turn: number;
  readonly causationId: string;
  readonly traceparent: string | undefined;
  /** Undefined where the record is not what was stored, or is none of this application: nothing may be paid to it. */
  readonly payee: Payee | undefined;
  /** Why it is held; null where it is not. */
  readonly heldReason: string | null;
  /** SHA-256 of the borrower's name in normal form; null in an order of before. */
  readonly borrowerNameSha256: string | null;
  /** When the bank was first told; before that, when it was ordered. */
  readonly instructedAt: Date;
  /** Null where it is not paid, or where persons are asked for the day. */
  readonly paidAt: Date | null;
  readonly tenantId: string;
  /** Nothing is paid to the firm before a risk officer says so. */
  readonly frozen: boolean;
  /** The lender's account that the bank was told of; null before the instruction, and where none was named. */
  readonly payerAccount: string | null;
}

interface PayoutRow {
  tenant_id: string;
  payer_account: string | null;
  application_id: string;
  loan_id: string;
  amount_minor: string;
  currency: string;
  policy_version: string;
  status: PayoutStatus;
  bank_reference: string | null;
  queries: number;
  turn: number;
  causation_id: string;
  traceparent: string | null;
  held_reason: string | null;
  frozen: boolean;
  borrower_name_sha256: string | null;
  instructed_at: Date;
  paid_at: Date | null;
  payee: StoredRow | null;
}

const LOCK = `
select o.application_id, o.loan_id, o.amount_minor, o.currency, o.policy_version, o.status, o.bank_reference, o.queries, o.turn, o.causation_id, o.traceparent,
  o.held_reason, o.borrower_name_sha256, o.paid_at, o.tenant_id, o.payer_account,
  exists (select 1 from frozen_obligor z where z.tenant_id = o.tenant_id and z.uscc = o.uscc and z.frozen) as frozen,
  coalesce((select min(s.at) from payout_step s where s.payout_id = o.payout_id and s.action = 'SEND'), o.created_at) as instructed_at, to_json(p.*) as payee from payout o
left join payee p on p.payee_record_id = o.payee_record_id and p.tenant_id = o.tenant_id and p.application_id = o.application_id
where o.payout_id = $1 for no key update of o`;

/** Reads a payout and keeps others off it until the commit. The payee is decrypted here, before anything is recorded: one that cannot be trusted is never INSTRUCTED. */
export async function lockPayout(tx: EventTransaction, cipher: FieldCipher, payoutId: string): Promise<StoredPayout | undefined> {
  const { rows } = await tx.query<PayoutRow>(LOCK, [payoutId]);
  const [row] = rows;
  if (!row) return undefined;
  return {
    payoutId,
    applicationId: row.application_id,
    loanId: row.loan_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    policyVersion: row.policy_version,
    status: row.status,
    bankReference: row.bank_reference,
    queries: row.queries,
    turn: row.turn,
    causationId: row.causation_id,
    traceparent: row.traceparent ?? undefined,
    payee: trustedPayee(row.payee, cipher),
    heldReason: row.held_reason,
    frozen: row.frozen,
    borrowerNameSha256: row.borrower_name_sha256,
    instructedAt: row.instructed_at,
    paidAt: row.paid_at,
    tenantId: row.tenant_id,
    payerAccount: row.payer_account,
  };
}

/** A record that was changed, or copied from another application's, is no payee (SEC-10); a key that is missing is trouble of the setting, and thrown. */
function trustedPayee(row: StoredRow | null, cipher: FieldCipher): Payee | undefined {
  try {
    return row === null ? undefined : openPayee(row, cipher);
  } catch (error) {
    if (error instanceof BrokenSealError) return undefined;
    throw error;
  }
}

/** Every event about a payout carries on the cause and the trace of the order for it. */
export function contextOfPayout({ causationId, traceparent }: StoredPayout): TransactionContext {
  return { actor: { kind: 'system', id: 'disbursement' }, causationId, traceparent };
}
