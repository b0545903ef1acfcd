import { isPlausibleInstant, readInstant, type Clock, type GuarantorParty } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK, Database, type JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { v5 } from 'uuid';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { LoanApplicationConfig } from '../config.js';
import { AdvanceDrawdown } from '../drawdown/advance-drawdown.js';
import { LookAgain } from '../drawdown/look-again.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { AskSignature, type NoSignature, type ObtainedSignature, type SignatureQuestion, type Signer } from '../esign/ask-signature.js';
import { markRefused, markSigned } from './guarantee-contracts.js';
import type { StepEvidence } from '../process/step-evidence.js';

interface Intent extends Record<string, unknown> {
  readonly application_id: string;
  /** Set where an addendum is signed in place of the contract. */
  readonly account_change_id: string | null;
  /** Set where a guarantor signs its own contract. */
  readonly guarantor_id: string | null;
  readonly party: GuarantorParty | null;
  readonly identifier: string | null;
  readonly contract_sha256: string;
  readonly uscc: string;
  readonly policy_version: string;
  readonly requested_at: Date;
}

const INTENT = `select s.application_id, s.account_change_id, s.contract_sha256, s.requested_at, a.uscc, a.policy_version, s.guarantor_id, g.party, g.identifier
  from signature s join application a using (application_id) left join guarantor g using (guarantor_id)
  where s.signature_id = $1 and s.status = 'requested'`;

/** Both signatures in one statement, the other party's and the lender's, and the day of the contract that they sign ($4, null where they sign none); no row where the request was dealt with already. */
const RECORD = `
with parties as (
  select * from json_to_recordset($2) as p("signatureId" uuid, "signerRole" text, "signerUscc" text, "certificateSerial" text,
    "certificatePublicKeyPem" text, "signatureBase64" text, "signedAt" timestamptz)
), asked as (
  update signature s set status = 'signed', signer_uscc = p."signerUscc", certificate_serial = p."certificateSerial",
    certificate_public_key_pem = p."certificatePublicKeyPem", signature_base64 = p."signatureBase64", signed_at = p."signedAt", finished_at = $3
  from parties p where s.signature_id = $1 and s.status = 'requested' and p."signatureId" = s.signature_id
  returning s.application_id, s.contract_id, s.contract_sha256, s.requested_at, s.account_change_id, s.guarantor_id
), bound as (
  update contract c set signed_at = $4 from asked b where $4::timestamptz is not null and c.contract_id = b.contract_id
)
insert into signature (signature_id, application_id, contract_id, contract_sha256, status, signer_role, signer_uscc, certificate_serial,
  certificate_public_key_pem, signature_base64, signed_at, requested_at, finished_at, account_change_id, guarantor_id)
select p."signatureId", b.application_id, b.contract_id, b.contract_sha256, 'signed', p."signerRole", p."signerUscc", p."certificateSerial",
  p."certificatePublicKeyPem", p."signatureBase64", p."signedAt", b.requested_at, $3, b.account_change_id, b.guarantor_id
from asked b, parties p where p."signatureId" <> $1`;

/** The signature of the borrower or of a guarantor, then the lender's. */
type Signatures = readonly [ObtainedSignature, ObtainedSignature];

function firstSigner({ guarantor_id: guarantorId, party, identifier, uscc }: Intent): Signer & Pick<SignatureQuestion, 'signerRole'> {
  if (!guarantorId) return { signerUscc: uscc, signerRole: 'borrower' };
  // A person's id number stays with kyc-antifraud: the service knows it by the id that the partner has made for it.
  return { ...(party === 'firm' ? { signerUscc: identifier! } : { signerRef: guarantorId }), signerRole: 'guarantor' };
}

/** A document is signed when the last party has signed. */
const lastSignedAt = ([, lenders]: Signatures): string => lenders.signedAt;

const evidenceOf = ({ signatureId, signerRole, certificateSerial, signedAt }: ObtainedSignature): NonNullable<StepEvidence['signatures']>[number] => ({
  signatureId,
  signerRole,
  certificateSerial,
  signedAt,
});

/**
 * Gets both parties' signatures (M-AP-10), the borrower's or a guarantor's first, each under an id of our own: an unknown outcome is asked again with the same
 * ids, by the next try of the job (M-EV-02).
 */
@Injectable()
export class ObtainSignature implements JobHandler {
  constructor(
    private readonly db: Database,
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly payment: LookAgain,
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
      { signatureId, documentSha256, ...firstSigner(intent) },
      // Derived, so that a try after a crash asks for the same signature of the lender again.
      { signatureId: v5('lender', signatureId), documentSha256, signerUscc: this.config.lenderUscc, signerRole: 'lender' },
    ];
    const obtained: ObtainedSignature[] = [];
    for (const question of questions) {
      const answer = await this.esign.ask(question);
      if (answer.status !== 'signed') return this.#recordNone(signatureId, intent, answer);
      if (!this.#isPlausible(answer, intent))
        return this.#recordNone(signatureId, intent, {
          ...question,
          status: 'invalid',
          why: 'it is said to be signed at a time that cannot be',
        });
      obtained.push(answer);
    }
    const [first, lenders] = obtained;
    if (first && lenders) await this.#recordAll(signatureId, intent, [first, lenders]);
  }

  /** A signature of before it was asked for, or of the future, proves no day of signing (F16). */
  #isPlausible({ signedAt }: ObtainedSignature, { requested_at: requestedAt, policy_version: policyVersion }: Intent): boolean {
    const instant = readInstant(signedAt);
    const { paidAtSkewSeconds } = policyOf(policyVersion).payment;
    return instant !== undefined && isPlausibleInstant(instant, requestedAt, this.clock.now(), paidAtSkewSeconds);
  }

  /**
   * The contract waits for another signature, until its own deadline; an addendum as long as a person looks at the payout. A guarantor who declines ends the
   * application: the loan is not lent without it.
   */
  async #recordNone(
    signatureId: string,
    { application_id: applicationId, guarantor_id: guarantorId }: Intent,
    { status, signerRole, why }: NoSignature,
  ): Promise<void> {
    await this.#transaction(signatureId, async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const { rowCount } = await tx.query(`update signature set status = $2, finished_at = $3 where signature_id = $1 and status = 'requested'`, [
        signatureId,
        status,
        this.clock.now(),
      ]);
      if (rowCount === 0) return;
      if (guarantorId && status === 'declined' && signerRole === 'guarantor') return this.#endWithout(tx, application, guarantorId, signatureId);
      const [trigger, reason] = status === 'declined' ? ['SignatureDeclined', 'SIGNATURE_DECLINED'] : ['SignatureInvalid', 'SIGNATURE_INVALID'];
      await this.advance.note(tx, application, trigger, reason, { signatureId, signerRole, why });
    });
  }

  async #endWithout(tx: EventTransaction, application: Application, guarantorId: string, signatureId: string): Promise<void> {
    const evidence = { guarantorId, signatureId, signerRole: 'guarantor' };
    const { effect } = await this.advance.advance(tx, application, { trigger: 'GuarantorRefused', reason: 'GUARANTOR_REFUSED', evidence });
    if (effect === 'moved') await markRefused(tx, guarantorId, this.clock.now());
  }

  async #recordAll(signatureId: string, intent: Intent, signatures: Signatures): Promise<void> {
    const { application_id: applicationId, account_change_id: accountChangeId, guarantor_id: guarantorId } = intent;
    await this.#transaction(signatureId, async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      // Signatures that come after a withdrawal sign nothing.
      const isOpen = APPLICATION_PROCESS.takes(application.status, 'ContractSigned');
      const signedAt = new Date(lastSignedAt(signatures));
      const values = [signatureId, JSON.stringify(signatures), this.clock.now(), isOpen && !accountChangeId && !guarantorId ? signedAt : null];
      const { rowCount } = await tx.query(RECORD, values);
      if (rowCount === 0) return;
      if (accountChangeId) await this.#changeAccount(tx, applicationId, accountChangeId, signatures);
      else if (guarantorId) await this.#signGuarantee(tx, application, { guarantorId, contractSha256: intent.contract_sha256 }, signatures, isOpen);
      else await this.#signContract(tx, application, signatureId, signatures);
    });
  }

  async #signContract(tx: EventTransaction, application: Application, signatureId: string, signatures: Signatures): Promise<void> {
    const { certificateSerial } = signatures[0];
    const signedAt = lastSignedAt(signatures);
    const { application: signed, effect } = await this.advance.advance(tx, application, {
      trigger: 'ContractSigned',
      reason: 'SIGNED',
      evidence: { contractSha256: application.contractSha256!, signatures: signatures.map(evidenceOf) },
      signature: { signatureId, certificateSerial, signedAt },
    });
    if (effect === 'moved') await this.payment.begin(tx, signed, new Date(signedAt));
  }

  /** The application waits for the other parties; the last of them, the borrower, completes it. */
  async #signGuarantee(
    tx: EventTransaction,
    application: Application,
    { guarantorId, contractSha256 }: { readonly guarantorId: string; readonly contractSha256: string },
    signatures: Signatures,
    isOpen: boolean,
  ): Promise<void> {
    if (isOpen) await markSigned(tx, guarantorId, new Date(lastSignedAt(signatures)));
    const evidence = { guarantorId, contractSha256, signatures: signatures.map(evidenceOf) };
    await this.advance.note(tx, application, 'GuarantorSigned', isOpen ? 'SIGNED' : 'SIGNED_TOO_LATE', evidence);
  }

  /** The next order goes to the account of the addendum; a signature that comes when the payment is ordered or all is over changes nothing. */
  async #changeAccount(tx: EventTransaction, applicationId: string, accountChangeId: string, signatures: Signatures): Promise<void> {
    const { rows } = await tx.query<{ payee_record_id: string; payee_account: string; addendum_sha256: string }>(
      'select payee_record_id, payee_account, addendum_sha256 from account_change where account_change_id = $1',
      [accountChangeId],
    );
    const { payee_record_id: payeeRecordId, payee_account: payeeAccount, addendum_sha256: addendumSha256 } = rows[0]!;
    const signedAt = lastSignedAt(signatures);
    const drawdown = await this.drawdowns.lockKnown(tx, applicationId);
    const effect = await this.drawdowns.advance(tx, drawdown, {
      trigger: 'AccountChanged',
      reason: 'ADDENDUM_SIGNED',
      evidence: { accountChangeId, addendumSha256, payeeRecordId, formerPayeeRecordId: drawdown.payeeRecordId, signatures: signatures.map(evidenceOf) },
      // Two persons have authorised the payment to another account.
      patch: { payeeRecordId, payeeAccount, authorisedAt: null },
      addendum: { accountChangeId, addendumSha256, signedAt },
    });
    if (effect === 'ignored') return;
    await tx.query('update account_change set signed_at = $2 where account_change_id = $1', [accountChangeId, new Date(signedAt)]);
  }

  #transaction(signatureId: string, work: (tx: EventTransaction) => Promise<void>): Promise<void> {
    return this.runner.run({ actor: { kind: 'system', id: 'loan-application' }, causationId: signatureId }, work);
  }
}
