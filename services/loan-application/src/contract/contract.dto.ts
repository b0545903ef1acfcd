import { Matches } from 'class-validator';

/** Body of `PUT …/signatures/{signatureId}`: the hash of what the signatory has seen, the contract or the addendum to it. */
export class SignContractDto {
  @Matches(/^[0-9a-f]{64}$/, { message: 'contractSha256 must be a SHA-256 in lower-case hex' }) contractSha256!: string;
}
