import type { Queries } from '../loan/read-account.js';

const OWNED = 'select 1 from loan where loan_id = $1 and tenant_id = $2 and partner_id = $3 and uscc = $4';

/** Whose a loan is, as the hub says it. */
export interface NamedBorrower {
  readonly tenantId: string;
  readonly partnerId: string;
  readonly uscc: string;
}

/** Whether a loan is one of the lender, the partner and the firm: nobody has the loan of another firm repaid (R-OP-06). */
export async function isLoanOf(queries: Queries, loanId: string, { tenantId, partnerId, uscc }: NamedBorrower): Promise<boolean> {
  const { rows } = await queries.query(OWNED, [loanId, tenantId, partnerId, uscc]);
  return rows.length > 0;
}
