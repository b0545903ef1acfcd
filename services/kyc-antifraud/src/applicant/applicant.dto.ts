import { IsNested } from '@millrace/contracts';
import { IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

/** The person who signs for the firm. */
export class LegalRepresentativeDto {
  @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  /** 18 characters of a resident id; a wrong check digit is a finding for a person, not a refusal. */
  @Matches(/^\d{17}[\dX]$/, { message: 'idNumber must be 18 characters: 17 digits and a digit or X' }) idNumber!: string;
  @Matches(/^1\d{10}$/, { message: 'mobile must be a mainland mobile number of 11 digits' }) mobile!: string;
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
