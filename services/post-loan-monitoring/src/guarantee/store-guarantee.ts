import { GuaranteeRecorded } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import { lapseOf } from './guarantee-policy.js';
import type { RecordGuaranteeDto } from './guarantee.dto.js';

const INSERT = `
insert into guarantee (loan_id, guarantee_id, tenant_id, guarantor_ref, kind, limit_minor, period_months, matures_on, lapses_on, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Loan for which somebody stands. */
export type GuaranteedLoan = Pick<LoanAccount, 'loanId' | 'applicationId' | 'tenantId'> & { readonly maturesOn: IsoDate };

/** Writes down and tells who stands for a loan, and until when (G-EC-04); its change is on the file of the loan. */
export async function storeGuarantee(
  tx: EventTransaction,
  { loanId, applicationId, tenantId, maturesOn }: GuaranteedLoan,
  guaranteeId: string,
  { guarantorRef, kind, limitMinor, periodMonths }: RecordGuaranteeDto & { readonly periodMonths: number },
  now: Date,
): Promise<void> {
  const lapsesOn = lapseOf(maturesOn, periodMonths, { periodMonths });
  await tx.query(INSERT, [loanId, guaranteeId, tenantId, guarantorRef, kind, limitMinor, periodMonths, maturesOn, lapsesOn, now]);
  tx.emit(new GuaranteeRecorded({ applicationId, loanId, guaranteeId, kind, limitMinor, lapsesOn }));
}
