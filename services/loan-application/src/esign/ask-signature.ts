import { IsInstant } from '@millrace/contracts';
import { ProviderClients, ProviderError, type OutsideParty, type ProviderClient } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { Equals, IsBase64, IsIn, IsNotEmpty, IsString, Matches, MaxLength, ValidateIf, validateSync } from 'class-validator';
import { LoanApplicationConfig } from '../config.js';
import { isSignatureOf } from './verify-signature.js';

const signed = (reply: SignatureReply): boolean => reply.status === 'signed';

/** Answer to `PUT /v1/esign/signatures/{signatureId}` (docs/provider-contract.md). */
class SignatureReply {
  @IsIn(['signed', 'declined']) status!: 'signed' | 'declined';
  @Matches(/^[0-9a-f]{64}$/) documentSha256!: string;
  @ValidateIf(signed) @IsString() @IsNotEmpty() @MaxLength(100) certificateSerial!: string;
  @ValidateIf(signed) @IsInstant() signedAt!: string;
  @ValidateIf(signed) @IsBase64() signature!: string;
}

/** Answer to `GET /v1/esign/certificates/{serial}`. */
class CertificateReply {
  @IsString() serial!: string;
  @Equals('Ed25519') algorithm!: 'Ed25519';
  @IsString() @MaxLength(2_000) publicKeyPem!: string;
}

/** How the service knows who signs: a firm by its code, a person by the reference under which the partner has enrolled it there. */
export type Signer = { readonly signerUscc: string } | { readonly signerRef: string };

/** Who is to sign what; `signatureId` is the provider's idempotency key. */
export type SignatureQuestion = Signer & {
  readonly signatureId: string;
  readonly documentSha256: string;
  readonly signerRole: 'borrower' | 'guarantor' | 'lender';
};

/** A signature that was checked against its certificate, with all that is needed to check it again. */
export type ObtainedSignature = SignatureQuestion & {
  readonly status: 'signed';
  readonly certificateSerial: string;
  readonly certificatePublicKeyPem: string;
  readonly signatureBase64: string;
  readonly signedAt: string;
};

/** A signatory who does not want to, or an answer that proves nothing. */
export type NoSignature = SignatureQuestion & {
  readonly status: 'declined' | 'invalid';
  readonly why: string;
};

/** The e-signature service. */
export const ESIGN: OutsideParty = { name: 'esign', parts: ['esign'] };

/** The e-signature service's client: asks for a signature and counts it only once its certificate has proven it (G-EC-02). */
@Injectable()
export class AskSignature {
  readonly #client: ProviderClient;

  constructor(config: LoanApplicationConfig, clients: ProviderClients) {
    this.#client = clients.create({
      name: ESIGN.name,
      baseUrl: config.providersUrl,
      timeoutMs: config.esignTimeoutMs,
      retries: 0,
    });
  }

  /** Throws a retryable {@link ProviderError} where the outcome is not known: ask again under the same id. */
  async ask(question: SignatureQuestion): Promise<ObtainedSignature | NoSignature> {
    try {
      return await this.#ask(question);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.retryable) throw error;
      return { ...question, status: 'invalid', why: error.message };
    }
  }

  async #ask(question: SignatureQuestion): Promise<ObtainedSignature | NoSignature> {
    const { signatureId, ...body } = question;
    const { documentSha256 } = body;
    const path = `/v1/esign/signatures/${signatureId}`;
    const reply = checked(SignatureReply, await this.#client.request({ method: 'PUT', path, idempotencyKey: signatureId, body }));
    if (reply.documentSha256 !== documentSha256) return { ...question, status: 'invalid', why: 'another document than the contract is signed' };
    if (reply.status === 'declined') return { ...question, status: 'declined', why: 'the signatory declined' };
    const { certificateSerial, signedAt, signature: signatureBase64 } = reply;
    const certificate = checked(
      CertificateReply,
      await this.#client.request({ method: 'GET', path: `/v1/esign/certificates/${encodeURIComponent(certificateSerial)}` }),
    );
    const proven = certificate.serial === certificateSerial && isSignatureOf(documentSha256, signatureBase64, certificate.publicKeyPem);
    if (!proven) return { ...question, status: 'invalid', why: 'the signature does not hold against its certificate' };
    return { ...question, status: 'signed', certificateSerial, certificatePublicKeyPem: certificate.publicKeyPem, signatureBase64, signedAt };
  }
}

function checked<T extends object>(shape: new () => T, reply: unknown): T {
  const instance = plainToInstance(shape, reply);
  const [error] = instance instanceof shape ? validateSync(instance) : [{ property: 'body' }];
  if (error) throw new ProviderError('esign', 'invalid', `answered without a usable ${error.property}`);
  return instance;
}
