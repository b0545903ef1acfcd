import { businessDate, CreditReportDisputeClosed, newId, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { keepUntil, withheldFor, type CreditReport } from '../credit-report/credit-report.js';
import { BUREAU_MATTER, SERVED_ON } from '../credit-report/file-report.js';
import { planDispatches } from '../dispatch/plan-dispatch.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { answerPerson, type DisputeOutcome, type UpholdReason } from './answer-person.js';
import { classOn, reportByBooks, saysTheSame, standingReport, type StandingReport } from './disputed-report.js';
import { markReport } from './mark-report.js';
import { RecordDispute } from './record-dispute.js';

const NOTICE = `select ${SERVED_ON}::text as "servedOn" from loan l where l.loan_id = $1`;

const CORRECTION = `
insert into credit_correction (correction_id, report_id, loan_id, content, is_negative, keep_until, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`;

/** Does what two persons have decided of a dispute: sends the bureau another report or leaves it, has the mark taken off, and answers the person. */
@Injectable()
export class SettleDispute implements TaskHandler {
  constructor(
    @Inject(RecordDispute) private readonly records: RecordDispute,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws TaskRefused where the report is to be corrected, and the books say what it says, or tell of arrears without a notice */
  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const on = businessDate(now);
    const { loanId, disputeId } = task.subject as { loanId: string; disputeId: string };
    const account = (await lockAccount(tx, loanId))!;
    const dispute = (await this.records.locked(tx, disputeId))!;
    const report = (await standingReport(tx, loanId, dispute.asOf))!;
    const isCorrected = task.decision === 'correct';
    const corrected = isCorrected ? await this.#byBooks(tx, account, report) : undefined;
    const outcome: DisputeOutcome = corrected ? { corrected } : { reason: task.reason as UpholdReason };
    const correctionId = corrected ? await correct(tx, account, report, corrected, now) : null;
    const letterId = await answerPerson(tx, account, dispute, { reported: report.content, outcome, on, now });
    const liftId = newId();
    await markReport(tx, account, report, { markId: liftId, disputeId, lifts: dispute.markId }, now);
    const evidence = { taskId: task.taskId, decidedBy: task.votes.map(({ voter }) => voter), letterId, ...(correctionId === null ? {} : { correctionId }) };
    const cause = { trigger: isCorrected ? 'Corrected' : 'Upheld', reason: task.reason, evidence } as const;
    await this.records.take(tx, dispute, cause, { reasonCode: task.reason, correctionId, letterId, liftId, closedOn: on });
    const { applicationId, reportId } = dispute;
    const about = { applicationId, loanId, disputeId, reportId, corrected: isCorrected, ...(correctionId === null ? {} : { correctionId }) };
    tx.emit(new CreditReportDisputeClosed({ ...about, reasonCode: task.reason, on, letterId }));
  }

  async #byBooks(tx: EventTransaction, account: LoanAccount, { content }: StandingReport): Promise<CreditReport> {
    const byBooks = reportByBooks(account, content, await classOn(tx, account.loanId, content.asOf));
    if (saysTheSame(byBooks, content))
      throw cannotBeDone('the books say what was reported; where they are wrong they are put right first, and the report follows them');
    if (byBooks.isNegative && !content.isNegative) await this.#refuseUnannounced(tx, account, content);
    return { ...byBooks, occasion: 'correction' };
  }

  /** A correction brings no arrears that the borrower has had no notice of (G-CB-03). */
  async #refuseUnannounced(tx: EventTransaction, { loanId, policyVersion }: LoanAccount, { asOf }: CreditReport): Promise<void> {
    const { noticeLeadDays } = policyInForce(policyOf(policyVersion).lenderType, asOf).creditReport;
    const [row] = (await tx.query<{ servedOn: string | null }>(NOTICE, [loanId])).rows;
    if (withheldFor(row!.servedOn, asOf, noticeLeadDays) !== null)
      throw cannotBeDone('by the books the loan was late on that day, and the notice that has to come before such a report was not served in time');
  }
}

/** Plans the report that takes the place of another one at the bureau; answers its id. */
async function correct(tx: EventTransaction, account: LoanAccount, { reportId }: StandingReport, content: CreditReport, now: Date): Promise<string> {
  const { loanId, applicationId, tenantId, policyVersion } = account;
  const { keepYears } = policyInForce(policyOf(policyVersion).lenderType, content.asOf).creditReport;
  const correctionId = newId();
  const kept = content.isNegative ? keepUntil(content.asOf, keepYears) : null;
  await tx.query(CORRECTION, [correctionId, reportId, loanId, JSON.stringify(content), content.isNegative, kept, now]);
  const whose = { dispatchId: correctionId, tenantId, applicationId, loanId, policyVersion };
  const told = { ...content, corrects: reportId };
  await planDispatches(tx, [{ ...whose, ...BUREAU_MATTER, party: 'bureau-filing', content: told, sendFrom: now }], now);
  return correctionId;
}
