import { codesFor } from '@millrace/reasons';
import { checkDecisionTable, DecisionTable, type KeptPolicy, type TableContract } from '@millrace/policy';
import { approvalFacts, decideApproval, type ApprovalDecision, type ApprovalFacts, type ApprovalInput, type MatrixHit } from './approval-policy.js';

const MATRIX_FILE = new URL('../../tables/approval-matrix.json', import.meta.url);

/** Bands that the policy pack's numbers make of an application, and what a rule may say of them. */
export const APPROVAL_MATRIX: TableContract<ApprovalFacts, MatrixHit> = {
  inputs: {
    gradeBand: { type: 'words', words: ['auto', 'lower', 'committee', 'reject'] },
    amountBand: { type: 'words', words: ['none', 'auto', 'single', 'committee', 'visit'] },
    fraudBand: { type: 'words', words: ['green', 'amber', 'red', 'missing'] },
    verification: { type: 'words', words: ['clean', 'amber', 'cleared', 'open'] },
    indexBand: { type: 'words', words: ['reject', 'weak', 'sound', 'missing'] },
    bureau: { type: 'words', words: ['clean', 'thin', 'adverse'] },
    lenders: { type: 'words', words: ['few', 'many', 'unknown'] },
    taxClassD: { type: 'boolean' },
  },
  outputs: {
    tier: { type: 'words', words: ['T1', 'T2', 'T3', 'reject', 'raise'] },
    code: { type: 'words', words: codesFor('routing') },
    byAmount: { type: 'boolean' },
  },
};

/** What is wrong with the matrix, a line each, for the start. */
export const checkApprovalMatrix = (): Promise<string[]> => checkDecisionTable(MATRIX_FILE, APPROVAL_MATRIX);

/** The approval matrix as a decision table that risk officers edit (R-UW-05). */
export class ApprovalMatrix {
  readonly #table = DecisionTable.fromFile(MATRIX_FILE, APPROVAL_MATRIX);

  /** Hash of the table, kept with every decision. */
  get sha256(): string {
    return this.#table.sha256;
  }

  async decide(input: ApprovalInput, pack: KeptPolicy): Promise<ApprovalDecision> {
    return decideApproval(input, await this.#table.evaluate(approvalFacts(input, pack)), pack);
  }
}
