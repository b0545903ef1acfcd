import { IsMobileNumber, IsNested, IsResidentId } from '@millrace/contracts';
import { IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** The person who signs for the firm. */
export class LegalRepresentativeDto {
  @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  /** Resident id; what its check digit already shows to be a typing error is refused before anything is stored or asked. */
  @IsResidentId() idNumber!: string;
  @IsMobileNumber() mobile!: string;
}

/** What the partner's front end saw of the device (R-AP-10). */
export class DeviceDto {
  @IsString() @IsNotEmpty() @MaxLength(200) fingerprint!: string;
  /** Seconds from the first to the last keystroke of the form. */
  @IsInt() @Min(0) @Max(86_400) formFillSeconds!: number;
}

/** Body of `PUT /applicants/{applicationId}`. */
export class RecordApplicantDto {
  @IsNested(() => LegalRepresentativeDto) legalRepresentative!: LegalRepresentativeDto;
  @IsOptional() @IsNested(() => DeviceDto) device?: DeviceDto;
}
