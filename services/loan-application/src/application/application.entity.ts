import type { ApplicationStatus, FirmFacts, Finding, LimitCap, Reason, RepaymentMethod, ScoreComputed } from '@millrace/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProductTerms } from '../product/product.entity.js';

/** What kyc-antifraud found, as its event said it. */
export interface VerificationResult {
  readonly outcome: 'passed' | 'referred' | 'rejected';
  readonly fraudScore: number;
  readonly findings: readonly Finding[];
  readonly facts: FirmFacts | null;
  /** Set once a person has cleared what was referred: the approval is then at least T1 (M-AM-02). */
  readonly clearedByPerson?: boolean;
}

/** The score that the application was decided on, with the versions that made it. */
export type ScoreResult = Omit<ScoreComputed, 'applicationId' | 'caps'> & {
  readonly caps: readonly LimitCap[];
  /** When it came; an offer does not outlive its score (M-AP-07). */
  readonly scoredAt: string;
};

/** The decision and its reasons (R-UW-04). */
export interface Decision {
  readonly outcome: 'approved' | 'declined';
  readonly tier: 'T0' | 'T1' | 'T2';
  readonly stage: 'verification' | 'scoring' | 'approval' | 'disbursement' | 'pricing';
  readonly decidedAt: string;
  readonly amountMinor: string | null;
  readonly rateBps: number | null;
  /** Time of the loan, where people have approved another one than was asked for. */
  readonly tenorMonths?: number;
  readonly reasons: readonly Reason[];
  /** SHA-256 of the approval matrix that routed it, so that the decision can be recomputed (R-IT-04). */
  readonly matrixSha256?: string;
}

/**
 * An application: the one list of its columns. A new one is a field here and a migration; steps set it by their patch. Money is fen as a decimal string; reads go
 * through the repository, changes only through `AdvanceApplication`.
 */
@Entity('application')
export class Application {
  @PrimaryColumn({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  /** Organisation that sees the application. */
  @Column({ type: 'text', name: 'partner_id' }) partnerId!: string;
  /** Principal who made it; may never decide on it. */
  @Column({ type: 'text', name: 'maker_id' }) makerId!: string;
  @Column({ type: 'text', name: 'account_manager_id', nullable: true }) accountManagerId!: string | null;
  @Column({ type: 'text' }) status!: ApplicationStatus;
  /** True until the process has ended; a firm has one live application for a product. */
  @Column({ type: 'boolean' }) live!: boolean;
  @Column({ type: 'text', name: 'product_code' }) productCode!: string;
  @Column({ type: 'int', name: 'product_version' }) productVersion!: number;
  @Column({ type: 'jsonb', name: 'product_terms' }) productTerms!: ProductTerms;
  @Column({ type: 'bigint', name: 'requested_amount_minor' }) requestedAmountMinor!: string;
  @Column({ type: 'text' }) currency!: string;
  @Column({ type: 'int', name: 'tenor_months' }) tenorMonths!: number;
  @Column({ type: 'text', name: 'repayment_method' }) repaymentMethod!: RepaymentMethod;
  @Column({ type: 'text' }) purpose!: string;
  @Column({ type: 'text' }) uscc!: string;
  @Column({ type: 'text', name: 'company_name' }) companyName!: string;
  @Column({ type: 'bigint', name: 'declared_revenue_minor' }) declaredRevenueMinor!: string;
  @Column({ type: 'text', name: 'industry_code' }) industryCode!: string;
  /** Staff and assets as the firm states them; null where it does not, and in applications of before. */
  @Column({ type: 'int', name: 'declared_employees', nullable: true }) declaredEmployees!: number | null;
  @Column({ type: 'bigint', name: 'declared_assets_minor', nullable: true }) declaredAssetsMinor!: string | null;
  @Column({ type: 'text', array: true, name: 'disclosures_acknowledged' }) disclosuresAcknowledged!: string[];
  @Column({ type: 'uuid', name: 'applicant_record_id' }) applicantRecordId!: string;
  /** Record of the account that the applicant named; the one that is paid stands in the drawdown. */
  @Column({ type: 'uuid', name: 'payee_record_id' }) payeeRecordId!: string;
  /** Masked number of that account, for the contract; null in an application of before. */
  @Column({ type: 'text', name: 'payee_account', nullable: true }) payeeAccount!: string | null;
  @Column({ type: 'uuid', name: 'invoice_consent_id', nullable: true }) invoiceConsentId!: string | null;
  /** Loan that is to be renewed; null for any other application, and for those of before. */
  @Column({ type: 'uuid', name: 'renews_loan_id', nullable: true }) renewsLoanId!: string | null;
  /** Beginning of the day on which that loan matures, before which the contract must be signed; null until the books say that it may be renewed. */
  @Column({ type: 'timestamptz', name: 'sign_before', nullable: true }) signBefore!: Date | null;
  /** Policy release that the application was made under and keeps. */
  @Column({ type: 'text', name: 'policy_version' }) policyVersion!: string;
  @Column({ type: 'text', name: 'content_sha256' }) contentSha256!: string;
  @Column({ type: 'timestamptz', name: 'submitted_at' }) submittedAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'timestamptz', name: 'deadline_at', nullable: true }) deadlineAt!: Date | null;
  /** Round of the verification, from the second on: what the firm has mended was asked for anew. Null in the first, and in an application of before. */
  @Column({ type: 'int', name: 'check_round', nullable: true }) checkRound!: number | null;
  @Column({ type: 'jsonb', nullable: true }) verification!: VerificationResult | null;
  @Column({ type: 'jsonb', nullable: true }) score!: ScoreResult | null;
  @Column({ type: 'jsonb', nullable: true }) decision!: Decision | null;
  @Column({ type: 'uuid', name: 'contract_id', nullable: true }) contractId!: string | null;
  @Column({ type: 'text', name: 'contract_sha256', nullable: true }) contractSha256!: string | null;
  @Column({ type: 'int', name: 'history_seq' }) historySeq!: number;
  /** Hash of the newest history row. */
  @Column({ type: 'text', name: 'history_head' }) historyHead!: string;
}
