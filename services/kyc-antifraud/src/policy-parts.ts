import type { PolicyParts } from '@millrace/policy';
import { keepVerificationTables, VerificationTables } from './verification/verification-tables.js';

/** What of a release of the policy is this service's: its decision tables. */
export function policyParts(): PolicyParts {
  const { knockOuts, fraudRules } = new VerificationTables().hashes;
  return { 'kyc-antifraud/tables/fraud-rules': fraudRules, 'kyc-antifraud/tables/knock-outs': knockOuts };
}

/** Keeps what a release names of this service and later versions replace; answers the files that are new. */
export const keepParts = (): string[] => keepVerificationTables();
