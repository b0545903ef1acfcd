import { businessDate, businessInstant, contentHash, CreditReportDisputeOpened, newId, type Clock } from '@millrace/contracts';
import type { CreditDisputeAnswer } from '@millrace/contracts/api';
import { addDays } from '@millrace/finance';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK, contextOf, idReused, requireRole, type Principal } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { guarantorOf } from '../guarantee/guarantees.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import type { OpenDisputeDto } from './credit-dispute.dto.js';
import { CREDIT_DISPUTE } from './credit-dispute.task.js';
import { dayNotPossible, disputeOpen, noSuchGuarantor, onlyForBorrower, reportNotFiled } from './dispute-problems.js';
import { classOn, reportByBooks, standingReport, type StandingReport } from './disputed-report.js';
import { markReport } from './mark-report.js';
import { readDisputes } from './read-disputes.js';
import { RecordDispute } from './record-dispute.js';

/** The answer to a dispute: new, or known already and as it stands now. */
export interface OpenedDispute {
  readonly isNew: boolean;
  readonly view: CreditDisputeAnswer;
}

/** Takes a dispute of what was reported to the credit bureau: the bureau is asked to mark it, and people are asked to check it (G-CB-05). */
@Injectable()
export class OpenDispute {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(RecordDispute) private readonly records: RecordDispute,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `FORBIDDEN`, `NOT_FOUND`, `ID_REUSED`, `REPORT_NOT_FILED`, `DISPUTE_OPEN`, `DISPUTE_PARTY_UNKNOWN` and `DAY_NOT_POSSIBLE`. */
  open(principal: Principal, loanId: string, disputeId: string, body: OpenDisputeDto): Promise<OpenedDispute> {
    if (principal.kind === 'staff') requireRole(principal, 'risk_officer', 'account_manager');
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const account = visibleLoan(principal, await lockAccount(tx, loanId));
      const known = await this.records.find(tx, disputeId);
      const contentSha256 = contentHash({ loanId, ...body });
      if (known && known.contentSha256 !== contentSha256) throw idReused('dispute');
      if (!known) await this.#begin(tx, principal, account, { disputeId, contentSha256 }, body);
      const view = (await readDisputes(tx, loanId, principal)).find((one) => one.disputeId === disputeId)!;
      return { isNew: !known, view };
    });
  }

  async #begin(
    tx: EventTransaction,
    principal: Principal,
    account: LoanAccount,
    given: { readonly disputeId: string; readonly contentSha256: string },
    body: OpenDisputeDto,
  ): Promise<void> {
    const { loanId, applicationId, tenantId, policyVersion } = account;
    const { asOf, party, ground, receivedOn, documentSha256 = null } = body;
    const { disputeId } = given;
    const guaranteeId = party === 'guarantor' ? (body.guaranteeId ?? null) : null;
    if (party === 'guarantor' && principal.kind === 'partner') throw onlyForBorrower();
    if (party === 'guarantor' && (guaranteeId === null || (await guarantorOf(tx, loanId, guaranteeId)) === undefined)) throw noSuchGuarantor();
    const report = await standingReport(tx, loanId, asOf);
    if (!report) throw reportNotFiled(asOf);
    const now = this.clock.now();
    const today = businessDate(now);
    if (receivedOn < asOf || receivedOn > today) throw dayNotPossible(asOf, today);
    const { disputeDays } = policyInForce(policyOf(policyVersion).lenderType, today).creditReport;
    const dueOn = addDays(receivedOn, disputeDays);
    const overAt = businessInstant(addDays(dueOn, 1));
    const [markId, taskId] = [newId(), newId()];
    const about = { loanId, applicationId, tenantId, reportId: report.reportId, asOf, party, guaranteeId };
    const said = { ground, documentSha256, receivedOn, dueOn, openedBy: principal.id };
    if (!(await this.records.begin(tx, { ...given, ...about, ...said, markId, taskId }, overAt))) throw disputeOpen();
    await markReport(tx, account, report, { markId, disputeId }, now);
    const facts = { ...about, ground, receivedOn, dueOn, reported: report.content, byBooks: await this.#byBooks(tx, account, report) };
    await openTask(
      tx,
      CREDIT_DISPUTE,
      { taskId, subjectId: loanId, subject: { loanId, disputeId }, tenantId, facts, parties: { maker: principal.id }, dueAt: overAt },
      now,
    );
    tx.emit(new CreditReportDisputeOpened({ applicationId, loanId, disputeId, reportId: report.reportId, asOf, party, dueOn }));
  }

  async #byBooks(tx: EventTransaction, account: LoanAccount, { content }: StandingReport): Promise<object> {
    return reportByBooks(account, content, await classOn(tx, account.loanId, content.asOf));
  }
}
