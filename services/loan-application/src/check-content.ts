import { businessDate } from '@millrace/contracts';
import { checkLenderType, checkPolicyPacks } from '@millrace/policy';
import { checkAddendumTemplate } from './account-change/draft-addendum.js';
import { checkApprovalMatrix } from './approval/approval-matrix.js';
import type { LoanApplicationConfig } from './config.js';
import { checkContractTemplate } from './contract/contract-text.js';

/** What is wrong with packs, matrix, contract template or the lender's licence, a line each, before anything listens (T22, T31, T42). */
export async function checkContent({ lenderType }: LoanApplicationConfig, now: Date): Promise<string[]> {
  const packs = checkPolicyPacks();
  const lender = packs.length > 0 ? undefined : checkLenderType(lenderType, businessDate(now));
  return [...packs, ...(lender ? [lender] : []), ...(await checkApprovalMatrix()), ...checkContractTemplate(), ...checkAddendumTemplate()];
}
