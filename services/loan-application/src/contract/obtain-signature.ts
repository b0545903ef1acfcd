import { isPlausibleInstant, newId, readInstant, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyPackByVersion } from '@millrace/policy';
import { CLOCK, Database, type JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { v5 } from 'uuid';
import { AdvanceApplication } from '../application/advance-application.js';
import { LoanApplicationConfig } from '../config.js';
import { AskSignature, type NoSignature, type ObtainedSignature, type SignatureQuestion } from './ask-signature.js';

interface Intent extends Record<string, unknown> {
  readonly application_id: string;
  readonly contract_sha256: string;
  readonly uscc: string;
  readonly policy_version: string;
  readonly requested_at: Date;
}

const INTENT = `select s.application_id, s.contract_sha256, s.requested_at, a.uscc, a.policy_version from signature s join application a using (application_id)
  where s.signature_id = $1 and s.status = 'requested'`;

/** Both signatures in one statement; no row where the request was dealt with already. */
const RECORD = `
with parties as (
  select * from json_to_recordset($2) as p("signatureId" uuid, "signerRole" text, "signerUscc" text, "certificateSerial" text,
    "certificatePublicKeyPem" text, "signatureBase64" text, "signedAt" timestamptz)
), borrower as (
  update signature s set status = 'signed', signer_uscc = p."signerUscc", certificate_serial = p."certificateSerial",
    certificate_public_key_pem = p."certificatePublicKeyPem", signature_base64 = p."signatureBase64", signed_at = p."signedAt", finished_at = $3
  from parties p where s.signature_id = $1 and s.status = 'requested' and p."signatureId" = s.signature_id
  returning s.application_id, s.contract_id, s.contract_sha256, s.requested_at
)
insert into signature (signature_id, application_id, contract_id, contract_sha256, status, signer_role, signer_uscc, certificate_serial,
  certificate_public_key_pem, signature_base64, signed_at, requested_at, finished_at)
select p."signatureId", b.application_id, b.contract_id, b.contract_sha256, 'signed', p."signerRole", p."signerUscc", p."certificateSerial",
  p."certificatePublicKeyPem", p."signatureBase64", p."signedAt", b.requested_at, $3
from borrower b, parties p where p."signatureId" <> $1`;

/**
 * Gets both parties' signatures (domain §4.1), the borrower's first, each under an id of our own: an unknown outcome is asked again with the same
 * ids, by the next try of the job (design §4.6).
 */
@Injectable()
export class ObtainSignature implements JobHandler {
  constructor(
    private readonly db: Database,
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly esign: AskSignature,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ signatureId }: { signatureId?: unknown }): Promise<void> {
    if (typeof signatureId !== 'string') throw new Error('the job names no signature');
    const { rows } = await this.db.query<Intent>(INTENT, [signatureId]);
    const [intent] = rows;
    if (!intent) return;
    const documentSha256 = intent.contract_sha256;
    const questions: SignatureQuestion[] = [
      { signatureId, documentSha256, signerUscc: intent.uscc, signerRole: 'borrower' },
      // Derived, so that a try after a crash asks for the same signature of the lender again.
      { signatureId: v5('lender', signatureId), documentSha256, signerUscc: this.config.lenderUscc, signerRole: 'lender' },
    ];
    const obtained: ObtainedSignature[] = [];
    for (const question of questions) {
      const answer = await this.esign.ask(question);
      if (answer.status !== 'signed') return this.#recordNone(signatureId, intent.application_id, answer);
      if (!this.#isPlausible(answer, intent))
        return this.#recordNone(signatureId, intent.application_id, {
          ...question,
          status: 'invalid',
          why: 'it is said to be signed at a time that cannot be',
        });
      obtained.push(answer);
    }
    await this.#recordAll(signatureId, intent.application_id, obtained);
  }

  /** A signature of before it was asked for, or of the future, proves no day of signing (F16). */
  #isPlausible({ signedAt }: ObtainedSignature, { requested_at: requestedAt, policy_version: policyVersion }: Intent): boolean {
    const instant = readInstant(signedAt);
    const { paidAtSkewSeconds } = policyPackByVersion(policyVersion).payment;
    return instant !== undefined && isPlausibleInstant(instant, requestedAt, this.clock.now(), paidAtSkewSeconds);
  }

  /** The contract waits for another signature, until its own deadline. */
  async #recordNone(signatureId: string, applicationId: string, { status, signerRole, why }: NoSignature): Promise<void> {
    await this.#transaction(signatureId, async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const { rowCount } = await tx.query(`update signature set status = $2, finished_at = $3 where signature_id = $1 and status = 'requested'`, [
        signatureId,
        status,
        this.clock.now(),
      ]);
      if (rowCount === 0) return;
      const [trigger, reason] = status === 'declined' ? ['SignatureDeclined', 'SIGNATURE_DECLINED'] : ['SignatureInvalid', 'SIGNATURE_INVALID'];
      await this.advance.note(tx, application, trigger, reason, { signatureId, signerRole, why });
    });
  }

  async #recordAll(signatureId: string, applicationId: string, signatures: readonly ObtainedSignature[]): Promise<void> {
    const { certificateSerial } = signatures[0]!;
    // The contract is signed when the last party has signed.
    const { signedAt } = signatures.at(-1)!;
    await this.#transaction(signatureId, async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const { rowCount } = await tx.query(RECORD, [signatureId, JSON.stringify(signatures), this.clock.now()]);
      if (rowCount === 0) return;
      const { effect } = await this.advance.advance(tx, application, {
        trigger: 'ContractSigned',
        reason: 'SIGNED',
        evidence: {
          contractSha256: application.contractSha256,
          signatures: signatures.map((one) => ({
            signatureId: one.signatureId,
            signerRole: one.signerRole,
            certificateSerial: one.certificateSerial,
            signedAt: one.signedAt,
          })),
        },
        patch: { loanId: newId() },
        signature: { signatureId, certificateSerial, signedAt },
      });
      // Signatures that come after a withdrawal sign nothing.
      if (effect === 'moved') await tx.query('update contract set signed_at = $2 where contract_id = $1', [application.contractId, new Date(signedAt)]);
    });
  }

  #transaction(signatureId: string, work: (tx: EventTransaction) => Promise<void>): Promise<void> {
    return this.runner.run({ actor: { kind: 'system', id: 'loan-application' }, causationId: signatureId }, work);
  }
}
