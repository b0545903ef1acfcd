import { notFound, type Principal } from '@millrace/service';
import type { LoanAccount } from './loan-account.js';

/** The loan, if the principal may see it: a partner its own, staff those of the tenant; throws `NOT_FOUND` for an unknown one and for another's alike (R-OP-06). */
export function visibleLoan(principal: Principal, account: LoanAccount | undefined): LoanAccount {
  const { kind, id, tenantId, partnerId } = principal;
  const visible = account?.tenantId === tenantId && (kind !== 'partner' || account.partnerId === (partnerId ?? id));
  if (!account || !visible) throw notFound('loan');
  return account;
}
