import type { FirmRecord } from '../profile/firm-record.js';

/** What is asked about a person. */
export interface ClaimedIdentity {
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
}

/** What the identity service says of it. */
export interface IdentityMatch {
  readonly nameMatched: boolean;
  readonly idMatched: boolean;
  readonly phoneMatched: boolean;
  readonly faceScore: number;
  readonly livenessScore: number;
  readonly deviceTampered: boolean;
}

/** A claim matches where it is right and the firm's profile does not say otherwise; a person nobody knows matches in nothing. */
export function matchIdentity(claimed: ClaimedIdentity, record: FirmRecord | undefined): IdentityMatch {
  if (!record) return { nameMatched: false, idMatched: false, phoneMatched: false, faceScore: 0, livenessScore: 0, deviceTampered: false };
  const { legalRepresentative, nameMatched, idMatched, phoneMatched, faceScore, livenessScore, deviceTampered } = record;
  return {
    nameMatched: nameMatched && claimed.name === legalRepresentative.name,
    idMatched: idMatched && claimed.idNumber === legalRepresentative.idNumber,
    phoneMatched: phoneMatched && claimed.mobile === legalRepresentative.mobile,
    faceScore,
    livenessScore,
    deviceTampered,
  };
}
