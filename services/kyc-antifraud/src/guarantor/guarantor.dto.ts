import { IsMobileNumber, IsNested, IsResidentId, IsUscc } from '@millrace/contracts';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

export class GuarantorPersonDto {
  @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  @IsResidentId() idNumber!: string;
  @IsMobileNumber() mobile!: string;
}

export class GuarantorFirmDto {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsUscc() uscc!: string;
  @IsMobileNumber() mobile!: string;
}

/** Body of `PUT /applicants/{applicationId}/guarantors/{guarantorId}`: one of the two. */
export class RecordGuarantorDto {
  @IsOptional() @IsNested(() => GuarantorPersonDto) person?: GuarantorPersonDto;
  @IsOptional() @IsNested(() => GuarantorFirmDto) firm?: GuarantorFirmDto;
}
