import { codesFor } from '@millrace/reasons';
import { checkTableVersions, keepTable, TableVersions, type KeptPolicy, type TableContract, type TablePlace } from '@millrace/policy';
import { approvalFacts, decideApproval, type ApprovalDecision, type ApprovalFacts, type ApprovalInput, type MatrixHit } from './approval-policy.js';

const TABLES = new URL('../../tables/', import.meta.url);
/** Hash of the matrix's first form, under which decisions are stored, with that of the rows that say the same. */
const FORMER = { '7f1deab34dcb761a43041247ff26e68f75f816dec125a4b83297cc979b640d58': 'f21d08f2ec4f55dd1faa7ca2fdb1e96ec38f13a0b71f479bbd0c2e01f7e72b80' };
/** Hashes of earlier files, of before versions were kept. */
const EARLIER = ['27b6419bd5c3254d1416c9195443d26fe69195913af7397965d753c11ce5700a'];
export const matrixIn = (folder: URL = TABLES): TablePlace => ({
  service: 'loan-application',
  name: 'approval-matrix',
  folder,
  former: FORMER,
  notKept: EARLIER,
});

/** Bands that the policy's numbers make of an application, and what a rule may say of them. */
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
    mismatch: { type: 'boolean' },
    riskyIndustry: { type: 'boolean' },
  },
  outputs: {
    tier: { type: 'words', words: ['T1', 'T2', 'T3', 'visit', 'reject', 'raise'] },
    code: { type: 'words', words: codesFor('routing') },
    byAmount: { type: 'boolean' },
  },
};

/** What is wrong with the matrix, and with the versions that stored decisions may name, a line each, for the start. */
export const checkApprovalMatrix = (): Promise<string[]> => checkTableVersions(matrixIn(), APPROVAL_MATRIX);

/** Keeps the matrix in place, as a release that names it needs; answers its file where it was not kept yet. */
export const keepApprovalMatrix = (folder: URL = TABLES): string[] => [keepTable(matrixIn(folder), APPROVAL_MATRIX)].filter((file) => file !== undefined);

/** The approval matrix as a decision table that risk officers edit, in every version that was released (R-UW-05). */
export class ApprovalMatrix {
  readonly #versions;

  constructor(folder: URL = TABLES) {
    this.#versions = new TableVersions(matrixIn(folder), APPROVAL_MATRIX);
  }

  /** Hash of the table in place, kept with every decision. */
  get sha256(): string {
    return this.#versions.newest.sha256;
  }

  /**
   * Routes an application.
   * @param sha256 the version of the table, of which a stored decision names its own
   * @throws MissingTableVersion where it is not there
   */
  async decide(input: ApprovalInput, policy: KeptPolicy, sha256: string = this.sha256): Promise<ApprovalDecision> {
    return decideApproval(input, await this.#versions.of(sha256).evaluate(approvalFacts(input, policy)), policy);
  }

  /** The matrix as the version with a hash has it. */
  under(sha256: string): Pick<ApprovalMatrix, 'sha256' | 'decide'> {
    return { sha256, decide: (input, policy) => this.decide(input, policy, sha256) };
  }
}
