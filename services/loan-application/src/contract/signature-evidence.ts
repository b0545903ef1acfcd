import type { SignatureAnswer } from '@millrace/contracts/api';
import type { Database } from '@millrace/service';

/** All that a court needs to check a signature by itself (R-LG-10), as the API describes it. */
export type SignatureEvidence = SignatureAnswer;

const EVIDENCE = `select signature_id as "signatureId", signer_role as "signerRole", signer_uscc as "signerUscc", signed_at as "signedAt", certificate_serial as "certificateSerial",
  certificate_public_key_pem as "certificatePublicKeyPem", signature_base64 as "signatureBase64"
  from signature where coalesce(account_change_id, contract_id) = $1 and guarantor_id is null and status = 'signed' order by signer_role`;

/** Signatures of a contract or of an addendum, by its id; empty until all parties have signed. Those of contracts of guarantee are no signatures of it. */
export async function signaturesOf(db: Database, documentId: string): Promise<SignatureEvidence[]> {
  const { rows } = await db.query<Omit<SignatureEvidence, 'signedAt'> & { signedAt: Date }>(EVIDENCE, [documentId]);
  return rows.map((row) => ({ ...row, signedAt: row.signedAt.toISOString() }));
}
