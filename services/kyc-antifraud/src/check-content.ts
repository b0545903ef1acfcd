import { checkPolicy } from '@millrace/policy';
import { checkVerificationTables } from './verification/verification-tables.js';

/** What is wrong with policy or tables, a line each, before anything listens (T31, T42). */
export async function checkContent(): Promise<string[]> {
  return [...checkPolicy(), ...(await checkVerificationTables())];
}
