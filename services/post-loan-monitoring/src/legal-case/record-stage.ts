import { businessDate, LegalCaseUpdated } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import { moveLoans } from '../loan/move-loans.js';
import type { UpdateLegalCaseDto } from './legal-case.dto.js';

const UPDATE = `
insert into legal_case_update (loan_id, update_id, case_id, kind, happened_on, awarded_minor, document_sha256, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Puts a stage of a case on the file of its loan, and tells of it; the change of the same id is asked for and holds. */
export async function recordStage(tx: EventTransaction, account: LoanAccount, changeId: string, stage: UpdateLegalCaseDto, now: Date): Promise<void> {
  const { legalCaseId, kind, on, awardedMinor, documentSha256 } = stage;
  const { applicationId, loanId } = account;
  await tx.query(UPDATE, [loanId, changeId, legalCaseId, kind, on, awardedMinor ?? null, documentSha256, now]);
  const evidence = { changeId, ...stage };
  await moveLoans(tx, [{ loan: account, trigger: 'CaseUpdated', reason: 'IN_COURT', evidence }], businessDate(now), now);
  tx.emit(new LegalCaseUpdated({ applicationId, loanId, legalCaseId, kind, on, ...(awardedMinor === undefined ? {} : { awardedMinor }) }));
}
