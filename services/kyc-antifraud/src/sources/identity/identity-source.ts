import { IsBoolean, IsNumber, Max, Min } from 'class-validator';
import { personOf, type SourceDefinition } from '../source.js';

/** Identity verification: three factors, face against the id photo, liveness, device. */
export class IdentityReply {
  @IsBoolean() nameMatched!: boolean;
  @IsBoolean() idMatched!: boolean;
  @IsBoolean() phoneMatched!: boolean;
  /** Similarity and liveness, 0 to 1. */
  @IsNumber() @Min(0) @Max(1) faceScore!: number;
  @IsNumber() @Min(0) @Max(1) livenessScore!: number;
  @IsBoolean() deviceTampered!: boolean;
}

/** Is the applicant who they say they are? Asked before anything else (M-AP-04). */
export const identitySource: SourceDefinition = {
  party: 'identity',
  consents: ['C3', 'C4'],
  maxAgeDays: (freshness) => freshness.identityDays,
  namesPerson: true,
  reply: IdentityReply,
  call: ({ subject, queryId, consentId }) => {
    const { uscc, guarantorId } = subject;
    const { name, idNumber, mobile, deviceFingerprint } = personOf(subject);
    // Who stands for a loan does not sign for the firm.
    const firm = guarantorId === undefined ? { uscc } : {};
    const device = deviceFingerprint === null ? {} : { deviceFingerprint };
    return { method: 'PUT', path: `/v1/identity/verifications/${queryId}`, body: { name, idNumber, mobile, ...firm, ...device, consentId } };
  },
};
