import type { LoanActivated } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { nextRepricingOn } from './repricing-day.js';

const INSERT = 'insert into floating_rate (loan_id, tenant_id, next_on) values ($1, $2, $3)';

type FloatingLoan = Pick<LoanActivated, 'loanId' | 'tenantId' | 'disbursedOn' | 'clauses'>;

/** Keeps the first repricing day of a loan whose rate floats; a loan of a fixed rate has no row. */
export async function storeFloatingRate(tx: EventTransaction, { loanId, tenantId, disbursedOn, clauses }: FloatingLoan): Promise<void> {
  if (!clauses?.floatingRate) return;
  await tx.query(INSERT, [loanId, tenantId, nextRepricingOn(clauses.floatingRate.repricesOn, disbursedOn, disbursedOn)]);
}
