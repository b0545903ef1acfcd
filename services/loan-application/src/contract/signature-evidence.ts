import type { Database } from '@millrace/service';

/** All that a court needs to check a signature by itself (R-LG-10). */
export interface SignatureEvidence {
  readonly signatureId: string;
  readonly signerRole: 'borrower' | 'lender';
  readonly signerUscc: string;
  readonly signedAt: Date;
  readonly certificateSerial: string;
  readonly certificatePublicKeyPem: string;
  /** Ed25519 over the 32 bytes of the document's SHA-256. */
  readonly signatureBase64: string;
}

const EVIDENCE = `select signature_id as "signatureId", signer_role as "signerRole", signer_uscc as "signerUscc", signed_at as "signedAt", certificate_serial as "certificateSerial",
  certificate_public_key_pem as "certificatePublicKeyPem", signature_base64 as "signatureBase64"
  from signature where coalesce(account_change_id, contract_id) = $1 and status = 'signed' order by signer_role`;

/** Signatures of a contract or of an addendum, by its id; empty until all parties have signed. */
export async function signaturesOf(db: Database, documentId: string): Promise<SignatureEvidence[]> {
  return (await db.query<SignatureEvidence & Record<string, unknown>>(EVIDENCE, [documentId])).rows;
}
