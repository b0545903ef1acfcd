import { checkParts, checkPolicy } from '@millrace/policy';
import { policyParts } from './policy-parts.js';
import { checkVerificationTables } from './verification/verification-tables.js';

/** What is wrong with policy or tables, a line each, before anything listens (T31, T42). */
export async function checkContent(): Promise<string[]> {
  const faults = [...checkPolicy(), ...(await checkVerificationTables())];
  return faults.length > 0 ? faults : checkParts('kyc-antifraud', policyParts());
}
