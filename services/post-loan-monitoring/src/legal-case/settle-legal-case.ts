import { businessDate, LegalCaseClosed, LegalCaseFiled, newId, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { LOAN_PROCESS, type LoanTrigger } from '../loan/loan-process.js';
import { moveLoans } from '../loan/move-loans.js';
import { lockAccount } from '../loan/read-account.js';
import { settleStep } from '../loan-step/agreed-step.js';
import { standAgain } from '../standing/stand-again.js';
import type { EndLegalCaseDto, FileLegalCaseDto } from './legal-case.dto.js';
import { filedAs, handIn } from './hand-in.js';
import { openCase } from './legal-file.js';

const FILE = `
insert into legal_case (loan_id, case_id, tenant_id, kind, court, court_reference, filed_on, claim_minor, document_sha256, recorded_at, filing_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/** Puts a case on the loan's file, as two persons have decided. */
@Injectable()
export class SettleLegalCase implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const step = await settleStep<FileLegalCaseDto>(tx, task, 'CaseFiled', now);
    if (!step) return;
    const { account, changeId, content, evidence } = step;
    const { loanId, applicationId, tenantId } = account;
    const { kind, court, filedOn, claimMinor, documentSha256 } = content;
    const filingId = content.electronic === true ? newId() : null;
    // The court names the case once it has taken it up.
    const courtReference = filingId === null ? content.courtReference! : filedAs(filingId);
    if (filingId !== null) await handIn(tx, account, { filingId, legalCaseId: changeId, kind, court, claimMinor, documentSha256 }, now);
    await tx.query(FILE, [loanId, changeId, tenantId, kind, court, courtReference, filedOn, claimMinor, documentSha256, now, filingId]);
    await moveLoans(tx, [{ loan: account, trigger: 'CaseFiled', reason: 'IN_COURT', evidence }], businessDate(now), now);
    tx.emit(new LegalCaseFiled({ applicationId, loanId, legalCaseId: changeId, kind, courtReference, filedOn, claimMinor }));
  }
}

const END = 'update legal_case set outcome = $3, closed_on = $4, closing_sha256 = $5 where loan_id = $1 and case_id = $2';
const OTHERS = 'select 1 from legal_case where loan_id = $1 and closed_on is null';

/** Closes a case, as two persons have decided; a loan whose last case was withdrawn goes on as before it. */
@Injectable()
export class SettleLegalCaseEnd implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const on = businessDate(now);
    const step = await settleStep<EndLegalCaseDto>(tx, task, 'CaseClosed', now);
    if (!step) return;
    const { account, content, evidence } = step;
    const { loanId, applicationId } = account;
    const { legalCaseId, outcome, on: closedOn, documentSha256 } = content;
    if (!(await openCase(tx, loanId, legalCaseId))) throw cannotBeDone('the case is closed already');
    await tx.query(END, [loanId, legalCaseId, outcome, closedOn, documentSha256]);
    await moveLoans(tx, [{ loan: account, trigger: 'CaseClosed', reason: 'CASE_CLOSED', evidence }], on, now);
    tx.emit(new LegalCaseClosed({ applicationId, loanId, legalCaseId, outcome, on: closedOn }));
    if (outcome !== 'withdrawn' || (await tx.query(OTHERS, [loanId])).rowCount) return;
    const left = (await lockAccount(tx, loanId))!;
    const trigger = leavingTrigger(left);
    if (!LOAN_PROCESS.takes(left.status, trigger)) return;
    await moveLoans(tx, [{ loan: left, trigger, reason: 'CASE_WITHDRAWN', evidence: { legalCaseId } }], on, now);
    await standAgain(tx, left, on, now);
  }
}

const leavingTrigger = ({ acceleratedOn }: LoanAccount): LoanTrigger => (acceleratedOn === null ? 'CaseWithdrawn' : 'CaseWithdrawnCalledIn');
