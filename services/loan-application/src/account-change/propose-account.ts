import type { Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { ReadApplications } from '../application/read-applications.js';
import { LoanApplicationConfig } from '../config.js';
import { AdvanceDrawdown, drawdownWrongStatus } from '../drawdown/advance-drawdown.js';
import { DRAWDOWN_PROCESS } from '../process/drawdown-process.js';
import { refusePendingSignature } from '../contract/pending-signature.js';
import { claimRequest } from '../request/claim-request.js';
import type { ProposeAccountDto } from './account-change.dto.js';
import { draftAddendum } from './draft-addendum.js';

/** The draft of before is void, so that one text at most can be signed. */
const VOID_OLDER = `update account_change set voided_at = $2 where application_id = $1 and voided_at is null and signed_at is null`;
const INSERT = `insert into account_change (account_change_id, application_id, payee_record_id, payee_account, template_version, addendum_sha256, text, text_en, drafted_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (account_change_id) do nothing`;

/** The borrower names another account after the bank refused the one of the contract: an addendum is drafted, and its hash can be signed (T18). */
@Injectable()
export class ProposeAccount {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly applications: ReadApplications,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `WRONG_STATUS`, `ACCOUNT_NOT_NEW`, `SIGNATURE_PENDING`, `ID_REUSED`. */
  async propose(principal: Principal, applicationId: string, accountChangeId: string, body: ProposeAccountDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      if (!(await claimRequest(tx, principal, { resource: 'account change', requestId: accountChangeId, applicationId, body }, this.clock.now()))) return;
      await this.#propose(tx, application, accountChangeId, body);
    });
  }

  async #propose(tx: EventTransaction, application: Application, accountChangeId: string, account: ProposeAccountDto): Promise<void> {
    const { applicationId, contractId } = application;
    const drawdown = await this.drawdowns.lock(tx, applicationId);
    if (!drawdown) throw wrongStatus(application.status);
    const { payeeRecordId, refusedPayeeRecordIds, status } = drawdown;
    if (!DRAWDOWN_PROCESS.takes(status, 'AccountChanged')) throw drawdownWrongStatus(status);
    if ([payeeRecordId, ...refusedPayeeRecordIds].includes(account.payeeRecordId)) {
      throw new Problem({
        status: 409,
        code: 'ACCOUNT_NOT_NEW',
        title: 'This is the account of before.',
        detail: 'Name another account of the borrower, or the same number with the holder’s name as the bank has it.',
      });
    }
    await refusePendingSignature(tx, contractId);
    const now = this.clock.now();
    const { lenderName, lenderUscc } = this.config;
    const { text, textEn, sha256, templateVersion } = draftAddendum(application, { addendumId: accountChangeId, account, lenderName, lenderUscc }, now);
    await tx.query(VOID_OLDER, [applicationId, now]);
    const { rowCount } = await tx.query(INSERT, [
      accountChangeId,
      applicationId,
      account.payeeRecordId,
      account.payeeAccount,
      templateVersion,
      sha256,
      text,
      textEn,
      now,
    ]);
    if (rowCount === 0) throw idReused('account change');
    await this.drawdowns.note(tx, drawdown, 'AccountChangeProposed', 'ACCOUNT_PROPOSED', {
      accountChangeId,
      payeeRecordId: account.payeeRecordId,
      addendumSha256: sha256,
    });
  }
}
