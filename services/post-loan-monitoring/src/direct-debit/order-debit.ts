import { businessDate, InstalmentDue, newId } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { lockAccount } from '../loan/read-account.js';
import { totalOf } from '../projection/due-totals.js';

/** A try by its key. */
export interface PlannedTry {
  readonly loanId: string;
  readonly dueOn: IsoDate;
  readonly tryNumber: number;
}

const LOCK = `select 1 from debit where loan_id = $1 and due_on = $2 and try_number = $3 and state = 'PLANNED' for update`;

/** A debit that is open, and what the bank has collected and no loan has got yet: the statement has not shown it, or it stands in suspense. */
const UNDER_WAY = `
select coalesce(bool_or(d.state = 'ORDERED'), false) as "isOpen",
  coalesce(sum(d.amount_minor) filter (where d.state = 'COLLECTED'
    and not exists (select from bank_line b left join suspense s using (line_id)
      where b.tenant_id = d.tenant_id and b.bank_reference = d.bank_reference and (s.state is null or s.state not in ('open', 'refunding')))), 0)::text as "collectedMinor"
from debit d where d.loan_id = $1 and d.state in ('ORDERED', 'COLLECTED')`;

const ORDER = `update debit set state = 'ORDERED', debit_id = $4, amount_minor = $5, ordered_at = $6 where loan_id = $1 and due_on = $2 and try_number = $3`;
const CANCEL = `update debit set state = 'CANCELLED', ended_at = $4 where loan_id = $1 and due_on = $2 and try_number = $3`;

/** What is owed on a day: everything due by then with its charges, after the money that is held for the borrower. */
function owedOn(account: LoanAccount, today: IsoDate): bigint {
  // The books may be ahead of today's date by the bank's clock; money counts from their last day then.
  const on = today > account.valuedOn ? today : account.valuedOn;
  return totalOf(playAccount(account, on).duesOn(on)).totalMinor;
}

/**
 * Orders one try for what is owed at this moment; what the customer has paid meanwhile is not debited, and where nothing is left the try is cancelled. A try
 * whose loan has a debit of unknown outcome waits for it.
 */
export async function orderDebit(tx: EventTransaction, { loanId, dueOn, tryNumber }: PlannedTry, readNow: () => Date): Promise<void> {
  const account = await lockAccount(tx, loanId);
  const key = [loanId, dueOn, tryNumber];
  if (!account || !(await tx.query(LOCK, key)).rowCount) return;
  const { rows } = await tx.query<{ isOpen: boolean; collectedMinor: string }>(UNDER_WAY, [loanId]);
  const { isOpen, collectedMinor } = rows[0]!;
  if (isOpen) return;
  const now = readNow();
  const debitOn = businessDate(now);
  // What was written off is collected by people, and not by a mandate.
  const amountMinor = account.status === 'WRITTEN_OFF' ? 0n : owedOn(account, debitOn) - BigInt(collectedMinor);
  if (amountMinor <= 0n) return void (await tx.query(CANCEL, [...key, now]));
  const debitId = newId();
  await tx.query(ORDER, [...key, debitId, String(amountMinor), now]);
  const { applicationId, tenantId, currency } = account;
  tx.emit(new InstalmentDue({ applicationId, loanId, tenantId, debitId, dueOn, debitOn, tryNumber, amountMinor: String(amountMinor), currency }));
}
