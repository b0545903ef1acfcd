import type { EventTransaction } from '@millrace/messaging';
import { notFound, Problem, type Principal } from '@millrace/service';

/** A loan whose arrears are pursued; its row is locked, so that the case stays open while it is worked on. */
export interface PursuedLoan {
  readonly loanId: string;
  readonly applicationId: string;
  readonly tenantId: string;
  /** Code of the firm that owes it. */
  readonly uscc: string;
  readonly policyVersion: string;
  /** Null where it has no arrears. */
  readonly caseId: string | null;
  readonly collector: string | null;
  readonly agency: string | null;
}

const LOCK = 'select 1 from loan where loan_id = $1 and tenant_id = $2 for no key update';

const READ = `
select l.loan_id as "loanId", l.application_id as "applicationId", l.tenant_id as "tenantId", l.uscc, l.policy_version as "policyVersion", c.case_id as "caseId", c.collector, c.agency
from loan l left join collection_case c on c.loan_id = l.loan_id and c.closed_on is null where l.loan_id = $1`;

/** Locks a loan of the principal's tenant and reads its open case. Throws `NOT_FOUND`. */
export async function lockPursued(tx: EventTransaction, { tenantId }: Pick<Principal, 'tenantId'>, loanId: string): Promise<PursuedLoan> {
  if (!(await tx.query(LOCK, [loanId, tenantId])).rowCount) throw notFound('loan');
  const { rows } = await tx.query<PursuedLoan & Record<string, unknown>>(READ, [loanId]);
  return rows[0]!;
}

export const noArrears = (): Problem =>
  new Problem({ status: 409, code: 'NO_ARREARS', title: 'The loan has no arrears.', detail: 'There is nothing to speak about. Nothing was changed.' });
