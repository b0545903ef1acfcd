import type { Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { DRAWDOWN_PROCESS } from '../process/drawdown-process.js';
import { AdvanceDrawdown, drawdownWrongStatus } from '../drawdown/advance-drawdown.js';
import { ReadApplications } from '../application/read-applications.js';
import { claimRequest } from '../request/claim-request.js';
import type { SignContractDto } from './contract.dto.js';
import { guarantorToSign } from './guarantee-contracts.js';
import { refusePendingSignature } from './pending-signature.js';

/** Task name of the worker that asks the e-signature service. */
export const OBTAIN_SIGNATURE = 'obtain_signature';

/** As many as the queue can count: an unknown outcome is asked about until it is known, or the contract could neither be signed nor expire. */
const TRIES_MAX = 32_000;

const OPEN_ADDENDUM = `select account_change_id, addendum_sha256 from account_change where application_id = $1 and voided_at is null and signed_at is null`;

/** What can be signed now. */
interface DocumentToSign {
  readonly name: 'contract' | 'addendum';
  readonly sha256: string | null;
  readonly accountChangeId: string | null;
  readonly guarantorId: string | null;
}

/** Records the intent to sign and hands it to the worker: no outside call inside a transaction (M-EV-02). */
@Injectable()
export class SignContract {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `WRONG_STATUS`, `CONTRACT_HASH_MISMATCH`, `CONTRACT_EXPIRED`, `GUARANTOR_NOT_SIGNED`, `GUARANTOR_SIGNED_ALREADY`, `SIGNATURE_PENDING`, `ID_REUSED`. */
  async sign(principal: Principal, applicationId: string, signatureId: string, body: SignContractDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      if (!(await claimRequest(tx, principal, { resource: 'signature', requestId: signatureId, applicationId, body }, this.clock.now()))) return;
      await this.#request(tx, application, signatureId, body.contractSha256);
    });
  }

  async #request(tx: EventTransaction, application: Application, signatureId: string, contractSha256: string): Promise<void> {
    const { applicationId, contractId } = application;
    const now = this.clock.now();
    const document = await this.#documentToSign(tx, application, contractSha256, now);
    if (contractSha256 !== document.sha256) {
      throw new Problem({
        status: 409,
        code: 'CONTRACT_HASH_MISMATCH',
        title: `This is not the hash of the ${document.name}.`,
        detail: `GET the ${document.name}, compare its text, and sign that hash.`,
      });
    }
    const { accountChangeId, guarantorId } = document;
    await refusePendingSignature(tx, contractId, guarantorId);
    const { rowCount } = await tx.query(
      `insert into signature (signature_id, application_id, contract_id, contract_sha256, status, signer_role, requested_at, account_change_id, guarantor_id)
       values ($1, $2, $3, $4, 'requested', case when $7::uuid is null then 'borrower' else 'guarantor' end, $5, $6, $7) on conflict (signature_id) do nothing`,
      [signatureId, applicationId, contractId, contractSha256, now, accountChangeId, guarantorId],
    );
    if (rowCount === 0) throw idReused('signature');
    const evidence = { signatureId, contractId, contractSha256, ...(guarantorId === null ? {} : { guarantorId }) };
    await this.advance.note(tx, application, 'SignatureRequested', 'SIGNATURE_REQUESTED', evidence);
    tx.addJob(OBTAIN_SIGNATURE, { signatureId }, { jobKey: signatureId, maxAttempts: TRIES_MAX });
  }

  /** The contract, or that of a guarantor, until it is signed; after a refused payout, the open addendum that names another account (T18). */
  async #documentToSign(tx: EventTransaction, application: Application, sha256: string, now: Date): Promise<DocumentToSign> {
    const { applicationId, status, deadlineAt } = application;
    if (APPLICATION_PROCESS.takes(status, 'ContractSigned')) {
      if (deadlineAt && deadlineAt <= now)
        throw new Problem({ status: 409, code: 'CONTRACT_EXPIRED', title: 'The time to sign is over.', detail: 'The firm may apply again at once.' });
      const guarantor = await guarantorToSign(tx, application, sha256);
      return {
        name: 'contract',
        sha256: guarantor?.contractSha256 ?? application.contractSha256,
        accountChangeId: null,
        guarantorId: guarantor?.guarantorId ?? null,
      };
    }
    const drawdown = await this.drawdowns.lock(tx, applicationId);
    if (!drawdown) throw wrongStatus(status);
    if (!DRAWDOWN_PROCESS.takes(drawdown.status, 'AccountChanged')) throw drawdownWrongStatus(drawdown.status);
    const { rows } = await tx.query<{ account_change_id: string; addendum_sha256: string }>(OPEN_ADDENDUM, [applicationId]);
    const [addendum] = rows;
    if (!addendum) throw drawdownWrongStatus(drawdown.status);
    return { name: 'addendum', sha256: addendum.addendum_sha256, accountChangeId: addendum.account_change_id, guarantorId: null };
  }
}
