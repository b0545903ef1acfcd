import { ChoiceField, IdField, InstantField, ObjectField, Sha256Field, TextField } from '../openapi/fields.js';

/** The contract inside an application. */
export class ContractSummaryDto {
  @IdField() contractId!: string;
  @Sha256Field() contractSha256!: string;
  @TextField(64) templateVersion!: string;
  @InstantField({ nullable: true }) signedAt!: string | null;
}

/** All that a court needs to check a signature by itself (R-LG-10). */
export class SignatureDto {
  @IdField() signatureId!: string;
  @ChoiceField(['borrower', 'lender']) signerRole!: string;
  @TextField(18) signerUscc!: string;
  @InstantField() signedAt!: string;
  @TextField(100) certificateSerial!: string;
  @TextField(2_000) certificatePublicKeyPem!: string;
  @TextField(200, { description: 'Ed25519 over the 32 bytes of the document’s SHA-256.' }) signatureBase64!: string;
}

export class ContractDto {
  @IdField() contractId!: string;
  @Sha256Field({ description: 'What is signed.' }) contractSha256!: string;
  @TextField(200_000) text!: string;
  @ObjectField(() => SignatureDto, { list: { max: 10 }, description: 'Empty until all parties have signed.' }) signatures!: SignatureDto[];
}

/** Body of a signature: what the signatory has seen. */
export class SignContractDto {
  @Sha256Field({ description: 'Hash of the contract; after a refused payout, `addendumSha256` of the open account change.' }) contractSha256!: string;
}
