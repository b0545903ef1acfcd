import { BankAccountDto } from '../application/submit-application.dto.js';
import { SignatureDto } from '../contract/contract.dto.js';
import { ChoiceField, IdField, ObjectField, Sha256Field, TextField } from '../openapi/fields.js';

/** Another account for a payout that the bank has refused. */
export class ProposeAccountDto {
  @ObjectField(() => BankAccountDto) bankAccount!: BankAccountDto;
}

/** The addendum that an account change is signed by. */
export class AccountChangeDto {
  @IdField() accountChangeId!: string;
  @IdField({ description: 'Record of the account; the addendum states it.' }) payeeRecordId!: string;
  @TextField(40, { description: 'Masked number of the account.' }) payeeAccount!: string;
  @Sha256Field({ description: 'What is signed: send it as `contractSha256` of a signature.' }) addendumSha256!: string;
  @TextField(200_000) text!: string;
  @ChoiceField(['open', 'void', 'signed'], { description: '`void`: a newer one has taken its place.' }) status!: string;
  @ObjectField(() => SignatureDto, { list: { max: 10 }, description: 'Empty until all parties have signed.' }) signatures!: SignatureDto[];
}
