import { IsUUID, Matches } from 'class-validator';

/** Body of `PUT …/account-changes/{accountChangeId}`, as the gateway takes it apart: the number itself stays at disbursement. */
export class ProposeAccountDto {
  @IsUUID() payeeRecordId!: string;
  @Matches(/^[0-9*]{4,40}$/, { message: 'payeeAccount must be a masked account number' }) payeeAccount!: string;
}
