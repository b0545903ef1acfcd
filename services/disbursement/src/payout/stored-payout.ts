import type { EventTransaction, TransactionContext } from '@millrace/messaging';
import type { FieldCipher } from '@millrace/service';
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
  readonly payee: { readonly accountName: string; readonly accountNumber: string };
}

interface PayoutRow {
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
  account_name: string;
  account_number: string;
}

const LOCK = `
select o.application_id, o.loan_id, o.amount_minor, o.currency, o.policy_version, o.status, o.bank_reference, o.queries, o.turn, o.causation_id, o.traceparent,
  p.account_name, p.account_number from payout o join payee p using (payee_record_id) where o.payout_id = $1 for update of o`;

/** Reads a payout and keeps others off it until the commit. The payee is decrypted here, before anything is recorded: one that cannot be read is never INSTRUCTED. */
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
    payee: { accountName: cipher.decrypt(row.account_name), accountNumber: cipher.decrypt(row.account_number) },
  };
}

/** Every event about a payout carries on the cause and the trace of the order for it. */
export function contextOfPayout({ causationId, traceparent }: StoredPayout): TransactionContext {
  return { actor: { kind: 'system', id: 'disbursement' }, causationId, traceparent };
}
