import type { Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { ReadApplications } from '../application/read-applications.js';
import { claimRequest } from '../request/claim-request.js';
import type { SignContractDto } from './contract.dto.js';

/** Task name of the worker that asks the e-signature service. */
export const OBTAIN_SIGNATURE = 'obtain_signature';

/** As many as the queue can count: an unknown outcome is asked about until it is known, or the contract could neither be signed nor expire. */
const TRIES_MAX = 32_000;

/** Records the intent to sign and hands it to the worker: no outside call inside a transaction (design §4.6). */
@Injectable()
export class SignContract {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `WRONG_STATUS`, `CONTRACT_HASH_MISMATCH`, `CONTRACT_EXPIRED`, `SIGNATURE_PENDING`, `ID_REUSED`. */
  async sign(principal: Principal, applicationId: string, signatureId: string, body: SignContractDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      if (!(await claimRequest(tx, principal, { resource: 'signature', requestId: signatureId, applicationId, body }, this.clock.now()))) return;
      await this.#request(tx, application, signatureId, body.contractSha256);
    });
  }

  async #request(tx: EventTransaction, application: Application, signatureId: string, contractSha256: string): Promise<void> {
    const { applicationId, status, contractId, deadlineAt } = application;
    if (status !== 'CONTRACTING') throw wrongStatus(status);
    const now = this.clock.now();
    if (deadlineAt && deadlineAt <= now)
      throw new Problem({ status: 409, code: 'CONTRACT_EXPIRED', title: 'The time to sign is over.', detail: 'The firm may apply again at once.' });
    if (contractSha256 !== application.contractSha256) {
      throw new Problem({
        status: 409,
        code: 'CONTRACT_HASH_MISMATCH',
        title: 'This is not the hash of the contract.',
        detail: 'GET the contract, compare its text, and sign that hash.',
      });
    }
    const { rowCount: pending } = await tx.query(`select 1 from signature where contract_id = $1 and status = 'requested'`, [contractId]);
    if (pending)
      throw new Problem({
        status: 409,
        code: 'SIGNATURE_PENDING',
        title: 'A signature of this contract is under way.',
        detail: 'Wait for its outcome; its own id may be sent again.',
      });
    const { rowCount } = await tx.query(
      `insert into signature (signature_id, application_id, contract_id, contract_sha256, status, signer_role, requested_at)
       values ($1, $2, $3, $4, 'requested', 'borrower', $5) on conflict (signature_id) do nothing`,
      [signatureId, applicationId, contractId, contractSha256, now],
    );
    if (rowCount === 0) throw idReused('signature');
    await this.advance.note(tx, application, 'SignatureRequested', 'SIGNATURE_REQUESTED', { signatureId, contractId, contractSha256 });
    tx.addJob(OBTAIN_SIGNATURE, { signatureId }, { jobKey: signatureId, maxAttempts: TRIES_MAX });
  }
}
