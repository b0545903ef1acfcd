import { checkServiceContent } from '@millrace/policy';
import { policyParts } from './policy-parts.js';
import { checkVerificationTables } from './verification/verification-tables.js';

/** What is wrong with policy or tables, a line each, before anything listens (T31, T42). */
export const checkContent = (): Promise<string[]> => checkServiceContent('kyc-antifraud', [checkVerificationTables], policyParts);
