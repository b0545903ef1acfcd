import type { EventTransaction } from '@millrace/messaging';
import type { GuaranteeParameters } from '@millrace/policy';
import { Problem, type Database } from '@millrace/service';
import type { GuarantorAnswer } from '@millrace/contracts/api';
import type { Application } from '../application/application.entity.js';
import { readGuarantors, type StoredGuarantor } from '../guarantor/read-guarantors.js';
import { draftGuarantee, type GuaranteedLoan } from './draft-guarantee.js';

const STORE = `update guarantor set template_version = $2, contract_sha256 = $3, text = $4, text_en = $5, agreed_limit_minor = $6, agreed_period_months = $7, drafted_at = $8
where guarantor_id = $1`;

/** Draws up the contract of each guarantor, with the contract of the loan that it stands for. */
export async function draftGuarantees(
  tx: EventTransaction,
  application: Application,
  loan: GuaranteedLoan,
  guarantee: Pick<GuaranteeParameters, 'periodMonths'>,
  now: Date,
): Promise<void> {
  for (const guarantor of await readGuarantors(tx, application.applicationId)) {
    const { templateVersion, sha256, text, textEn, agreedLimitMinor, agreedPeriodMonths } = draftGuarantee(application, guarantor, loan, guarantee, now);
    await tx.query(STORE, [guarantor.guarantorId, templateVersion, sha256, text, textEn, agreedLimitMinor, agreedPeriodMonths, now]);
  }
}

/**
 * The guarantor whose contract has a hash; undefined where it is the borrower's turn. The borrower signs when every guarantor has, so that the lender, who signs at
 * once after it, is never bound without them.
 * @throws `GUARANTOR_SIGNED_ALREADY`, and `GUARANTOR_NOT_SIGNED` where the hash is that of the contract of the loan
 */
export async function guarantorToSign(
  tx: EventTransaction,
  { applicationId, contractSha256 }: Pick<Application, 'applicationId' | 'contractSha256'>,
  sha256: string,
): Promise<StoredGuarantor | undefined> {
  const guarantors = await readGuarantors(tx, applicationId);
  const guarantor = guarantors.find((one) => one.contractSha256 === sha256);
  if (guarantor?.signedAt)
    throw new Problem({
      status: 409,
      code: 'GUARANTOR_SIGNED_ALREADY',
      title: 'The guarantor has signed already.',
      detail: 'GET the guarantors of the application shows its signature.',
    });
  if (!guarantor && sha256 === contractSha256 && guarantors.some(({ signedAt }) => signedAt === null))
    throw new Problem({
      status: 409,
      code: 'GUARANTOR_NOT_SIGNED',
      title: 'A guarantor has not signed yet.',
      detail: 'Every guarantor signs the hash of its own contract first; GET the guarantors of the application shows them.',
    });
  return guarantor;
}

const SIGN = 'update guarantor set signed_at = $2 where guarantor_id = $1 and signed_at is null and refused_at is null';
const REFUSE = 'update guarantor set refused_at = $2 where guarantor_id = $1 and signed_at is null and refused_at is null';

/** Writes down that the last party of a guarantee has signed. */
export const markSigned = (tx: EventTransaction, guarantorId: string, signedAt: Date): Promise<unknown> => tx.query(SIGN, [guarantorId, signedAt]);

/** Writes down that a guarantor does not sign. */
export const markRefused = (tx: EventTransaction, guarantorId: string, at: Date): Promise<unknown> => tx.query(REFUSE, [guarantorId, at]);

type GuaranteeSignature = NonNullable<GuarantorAnswer['contract']>['signatures'][number];

const SIGNATURES = `select guarantor_id as "guarantorId", signature_id as "signatureId", signer_role as "signerRole", signed_at as "signedAt", certificate_serial as "certificateSerial",
  certificate_public_key_pem as "certificatePublicKeyPem", signature_base64 as "signatureBase64"
  from signature where application_id = $1 and guarantor_id is not null and status = 'signed' order by signer_role`;

/** Signatures of the contracts of guarantee of an application, by guarantor. */
export async function guaranteeSignatures(db: Database, applicationId: string): Promise<(guarantorId: string) => GuaranteeSignature[]> {
  const { rows } = await db.query<Omit<GuaranteeSignature, 'signedAt'> & { guarantorId: string; signedAt: Date }>(SIGNATURES, [applicationId]);
  return (guarantorId) =>
    rows.filter((row) => row.guarantorId === guarantorId).map(({ guarantorId: _, signedAt, ...proof }) => ({ ...proof, signedAt: signedAt.toISOString() }));
}
