import { DISPUTE_PARTIES, IsCalendarDay, type DisputeParty } from '@millrace/contracts';
import { DISPUTE_GROUNDS, type DisputeGround } from '@millrace/contracts/api';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Body of `PUT /loans/{loanId}/credit-disputes/{creditDisputeId}`. */
export class OpenDisputeDto {
  @Matches(DATE) @IsCalendarDay() asOf!: string;
  @IsIn(DISPUTE_PARTIES) party!: DisputeParty;
  @IsOptional() @IsUUID() guaranteeId?: string;
  @IsIn(Object.keys(DISPUTE_GROUNDS)) ground!: DisputeGround;
  @Matches(DATE) @IsCalendarDay() receivedOn!: string;
  @IsOptional() @Matches(SHA256) documentSha256?: string;
}
