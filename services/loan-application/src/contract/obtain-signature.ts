import { newId, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, createHttpClient, Database, ProviderError, type JobHandler, type ProviderClient } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength, validateSync, ValidateIf } from 'class-validator';
import { AdvanceApplication } from '../application/advance-application.js';
import { LoanApplicationConfig } from '../config.js';

/** Answer of the e-signature service to `PUT /v1/esign/signatures/{signatureId}` (docs/provider-contract.md). */
class SignatureReply {
  @IsIn(['signed', 'refused']) status!: 'signed' | 'refused';
  /** Hash that the certificate covers; another one than ours is no signature of this contract. */
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) contractSha256?: string;
  @ValidateIf((reply: SignatureReply) => reply.status === 'signed') @IsString() @MaxLength(100) certificateSerial!: string;
  @ValidateIf((reply: SignatureReply) => reply.status === 'signed') @IsISO8601() signedAt!: string;
}

interface PendingSignature {
  readonly application_id: string;
  readonly contract_id: string;
  readonly contract_sha256: string;
  readonly uscc: string;
}

const BREAKER_FAILURES = 10;
const BREAKER_RESET_MS = 5_000;

/** Asks the e-signature service under our own id: an unknown outcome is asked again with the same id, by the next try of the job (design §4.6). */
@Injectable()
export class ObtainSignature implements JobHandler {
  readonly #client: ProviderClient;

  constructor(
    private readonly db: Database,
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#client = createHttpClient({
      name: 'esign',
      baseUrl: config.providersUrl,
      timeoutMs: config.esignTimeoutMs,
      retries: 0,
      breakerFailures: BREAKER_FAILURES,
      breakerResetMs: BREAKER_RESET_MS,
    });
  }

  async run({ signatureId }: { signatureId?: unknown }): Promise<void> {
    if (typeof signatureId !== 'string') throw new Error('the job names no signature');
    const { rows } = await this.db.query<PendingSignature & Record<string, unknown>>(
      `select s.application_id, s.contract_id, s.contract_sha256, a.uscc from signature s join application a using (application_id) where signature_id = $1 and s.status = 'requested'`,
      [signatureId],
    );
    const [signature] = rows;
    if (!signature) return;
    const reply = await this.#ask(signatureId, signature);
    await this.#record(signatureId, signature.application_id, reply);
  }

  async #ask(signatureId: string, { contract_id: contractId, contract_sha256: contractSha256, uscc }: PendingSignature): Promise<SignatureReply> {
    const signers = [
      { role: 'borrower', uscc },
      { role: 'lender', name: this.config.lenderName },
    ];
    const body = { contractId, contractSha256, signers };
    const raw = await this.#client.request<unknown>({ method: 'PUT', path: `/v1/esign/signatures/${signatureId}`, idempotencyKey: signatureId, body });
    const reply = plainToInstance(SignatureReply, raw);
    const [error] = validateSync(reply);
    if (error) throw new ProviderError('esign', 'invalid', `answered without a usable ${error.property}`);
    if (reply.contractSha256 !== undefined && reply.contractSha256 !== contractSha256)
      throw new ProviderError('esign', 'invalid', 'signed another hash than the contract’s');
    return reply;
  }

  async #record(signatureId: string, applicationId: string, reply: SignatureReply): Promise<void> {
    await this.runner.run({ actor: { kind: 'system', id: 'loan-application' }, causationId: signatureId }, async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const { status, certificateSerial, signedAt } = reply;
      const { rowCount } = await tx.query(
        `update signature set status = $2, certificate_serial = $3, finished_at = $4 where signature_id = $1 and status = 'requested'`,
        [signatureId, status, certificateSerial ?? null, this.clock.now()],
      );
      if (rowCount === 0) return;
      if (status === 'refused') return this.advance.note(tx, application, 'SignatureRefused', 'SIGNATURE_REFUSED', { signatureId });
      const { effect } = await this.advance.advance(tx, application, {
        trigger: 'ContractSigned',
        reason: 'SIGNED',
        evidence: { signatureId, certificateSerial, signedAt, contractSha256: application.contractSha256 },
        patch: { loanId: newId() },
        signature: { signatureId, certificateSerial, signedAt },
      });
      // A signature that comes after a withdrawal signs nothing.
      if (effect === 'moved') await tx.query('update contract set signed_at = $2 where contract_id = $1', [application.contractId, new Date(signedAt)]);
    });
  }
}
