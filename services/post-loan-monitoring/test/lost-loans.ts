import { addDays } from '@millrace/finance';
import { bookLate, bookOf, newTenant } from './close-loans.js';
import type { RunningMonitoring } from './running-monitoring.js';

/** A loan with the lender that it is of. */
export interface OwnedLoan {
  readonly tenantId: string;
  readonly loanId: string;
}

/** A loan of a tenant of its own that was never paid, with the day before today closed. */
export async function neverPaid(monitoring: RunningMonitoring, disbursedOn: string, change: Parameters<typeof bookLate>[3] = {}): Promise<OwnedLoan> {
  const tenantId = newTenant();
  const loanId = await bookLate(monitoring, tenantId, 0, { disbursedOn, ...change });
  await bookOf(monitoring).closeTenant(tenantId, addDays(monitoring.today, -1));
  return { tenantId, loanId };
}
