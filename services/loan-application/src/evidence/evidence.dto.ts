import { EVIDENCE_KINDS, EVIDENCE_SCANS, type EvidenceKind, type EvidenceScan } from '@millrace/contracts';
import { IsIn, IsInt, IsString, Matches, MaxLength, Min } from 'class-validator';

/** Body of `PUT …/evidence/{evidenceId}`, as the gateway makes it of what kyc-antifraud has stored. */
export class AddEvidenceDto {
  @IsIn(Object.keys(EVIDENCE_KINDS)) kind!: EvidenceKind;
  @IsString() @MaxLength(100) mediaType!: string;
  @IsInt() @Min(1) bytes!: number;
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  @IsIn(Object.keys(EVIDENCE_SCANS)) scan!: EvidenceScan;
}
