import { DecisionTable, type PolicyPack } from '@millrace/policy';
import { approvalFacts, decideApproval, type ApprovalDecision, type ApprovalFacts, type ApprovalInput, type MatrixHit } from './approval-policy.js';

/** The approval matrix of domain §4.5 as a decision table that risk officers edit (R-UW-05). */
export class ApprovalMatrix {
  readonly #table = DecisionTable.fromFile<ApprovalFacts, MatrixHit[]>(new URL('../../tables/approval-matrix.json', import.meta.url));

  /** Hash of the table, kept with every decision. */
  get sha256(): string {
    return this.#table.sha256;
  }

  async decide(input: ApprovalInput, pack: PolicyPack): Promise<ApprovalDecision> {
    return decideApproval(input, await this.#table.evaluate(approvalFacts(input, pack)), pack);
  }
}
