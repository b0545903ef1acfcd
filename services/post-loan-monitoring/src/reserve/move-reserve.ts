import { businessDate, newId, ReserveAdjusted, type ReserveMovementKind } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { bookIdOf } from '../accrual/book-id.js';
import { reserveLines } from '../ledger/reserve-lines.js';

/** Whose reserve, in which currency. */
export interface ReserveBook {
  readonly tenantId: string;
  readonly currency: string;
}

/** What a month's accrual was reckoned by. */
export interface AccruedBy {
  /** First day of the month. */
  readonly month: IsoDate;
  readonly base: string;
  readonly baseMinor: bigint;
  readonly rateBps: number;
  readonly policyVersion: string;
}

/** A movement that is to be made; its book is locked. */
export interface WantedMovement extends ReserveBook {
  readonly kind: ReserveMovementKind;
  /** More than zero. */
  readonly amountMinor: bigint;
  readonly on: IsoDate;
  readonly requestId?: string;
  readonly eventReference?: string;
  readonly accruedBy?: AccruedBy;
}

const OPEN = 'insert into reserve_balance (tenant_id, currency) values ($1, $2) on conflict do nothing';
const LOCK = 'select balance_minor::text as "balanceMinor" from reserve_balance where tenant_id = $1 and currency = $2 for no key update';

/** What is in reserve; nobody else moves it until the transaction ends. */
export async function lockReserve(tx: EventTransaction, { tenantId, currency }: ReserveBook): Promise<bigint> {
  await tx.query(OPEN, [tenantId, currency]);
  const { rows } = await tx.query<{ balanceMinor: string }>(LOCK, [tenantId, currency]);
  return BigInt(rows[0]!.balanceMinor);
}

const ENTRY_KINDS = { accrual: 'RESERVE_ACCRUED', use: 'RESERVE_USED', top_up: 'RESERVE_TOPPED_UP' } as const satisfies Record<ReserveMovementKind, string>;

const POST = `
with entry as (
  insert into journal_entry (entry_id, tenant_id, loan_id, posted_on, value_on, source_kind, source_id, recorded_at, currency)
  values ($1, $2, null, $3, $4, $5, $6, $7, $8)
), lines as (
  insert into journal_line (entry_id, line_no, account, debit_minor, credit_minor)
  select $1, l.* from unnest($9::int[], $10::text[], $11::bigint[], $12::bigint[]) as l
), movement as (
  insert into reserve_movement (movement_id, tenant_id, currency, kind, amount_minor, moved_on, entry_id, request_id, month, base, base_minor, rate_bps,
    policy_version, recorded_at)
  values ($6, $2, $8, $13, $14, $4, $1, $16, $17, $18, $19, $20, $21, $7)
)
update reserve_balance set balance_minor = $15 where tenant_id = $2 and currency = $8`;

/**
 * Moves the reserve by one entry, and tells it.
 * @param balanceMinor what is in reserve before, as {@link lockReserve} has found it; at least what is to be taken out
 */
export async function moveReserve(tx: EventTransaction, wanted: WantedMovement, balanceMinor: bigint, now: Date): Promise<void> {
  const { tenantId, currency, kind, on, amountMinor, requestId, eventReference, accruedBy } = wanted;
  const changeMinor = kind === 'use' ? -amountMinor : amountMinor;
  const after = balanceMinor + changeMinor;
  const movementId = newId();
  const lines = reserveLines(kind, amountMinor);
  await tx.query(POST, [
    ...[newId(), tenantId, businessDate(now), on, ENTRY_KINDS[kind], movementId, now, currency],
    lines.map((_, at) => at + 1),
    lines.map(({ account }) => account),
    lines.map(({ debitMinor }) => debitMinor),
    lines.map(({ creditMinor }) => creditMinor),
    ...[kind, changeMinor, after, requestId ?? null],
    ...[accruedBy?.month ?? null, accruedBy?.base ?? null, accruedBy?.baseMinor ?? null, accruedBy?.rateBps ?? null, accruedBy?.policyVersion ?? null],
  ]);
  const told = { storyId: bookIdOf(tenantId), tenantId, movementId, kind, on, currency };
  const amounts = { amountMinor: String(changeMinor), balanceMinor: String(after) };
  tx.emit(new ReserveAdjusted({ ...told, ...amounts, ...(eventReference === undefined ? {} : { eventReference }) }));
}
