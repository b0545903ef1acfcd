import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { lockAccount } from '../loan/read-account.js';
import { repriceLoan } from './reprice-loan.js';

/** Loans of one transaction; a repayment of one of them may have to wait for the others. */
const BATCH = 50;

/** Loans that have ended keep their day, for they may be owed again. */
const DUE = `
select f.loan_id as "loanId", f.next_on::text as "nextOn" from floating_rate f join loan l using (loan_id)
where f.tenant_id = $1 and f.next_on <= $2 and l.live order by f.next_on, f.loan_id limit ${BATCH} for no key update of f, l skip locked`;

const LEFT = `
select exists (select from floating_rate f join loan l using (loan_id) where f.tenant_id = $1 and f.next_on <= $2 and l.live) as "isLeft"`;

/** What one look at a tenant's floating loans has done. */
export interface Repriced {
  readonly loans: number;
  readonly changed: number;
  /** Others are left, or are being changed by somebody. */
  readonly isLeft: boolean;
}

/** Reprices some of the loans of a tenant whose repricing day has come by a day, each on its own day; taken again it changes nothing. */
export async function repriceDue(tx: EventTransaction, tenantId: string, day: IsoDate, now: Date): Promise<Repriced> {
  const { rows } = await tx.query<{ loanId: string; nextOn: IsoDate }>(DUE, [tenantId, day]);
  let changed = 0;
  for (const { loanId, nextOn } of rows) if (await repriceLoan(tx, (await lockAccount(tx, loanId))!, nextOn, now)) changed += 1;
  const { rows: left } = await tx.query<{ isLeft: boolean }>(LEFT, [tenantId, day]);
  return { loans: rows.length, changed, isLeft: left[0]!.isLeft };
}
