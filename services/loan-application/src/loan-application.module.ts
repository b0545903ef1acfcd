import {
  ContractGenerated,
  ContractSigned,
  DisbursementFailed,
  DisbursementRequested,
  KycPassed,
  KycReferred,
  KycRejected,
  KycRequested,
  LoanActivated,
  LoanApplicationCancelled,
  LoanApplicationExpired,
  LoanApplicationRejected,
  LoanApplicationSubmitted,
  LoanApproved,
  LoanClosed,
  LoanDisbursed,
  LoanOfferAccepted,
  LoanOfferIssued,
  LoanSettled,
  ManualReviewRequested,
  PayeeAccountChanged,
  ReviewDecided,
  ScoreComputed,
  ScoringFailed,
  ScoringRequested,
  TASK_EVENTS,
} from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { assertProcess } from '@millrace/process';
import { defineService } from '@millrace/service';
import { decidedBy, doneAtOnce } from '@millrace/tasks';
import { Module } from '@nestjs/common';
import { AccountChangeController } from './account-change/account-change.controller.js';
import { ProposeAccount } from './account-change/propose-account.js';
import { AdvanceApplication, APPLICATION_SUBJECT } from './application/advance-application.js';
import { ApplicationController } from './api/application.controller.js';
import { ShowApplications } from './api/show-applications.js';
import { AdvanceDrawdown, DRAWDOWN_SUBJECT } from './drawdown/advance-drawdown.js';
import { Drawdown } from './drawdown/drawdown.entity.js';
import { SweepDrawdowns } from './drawdown/sweep-drawdowns.js';
import { Application } from './application/application.entity.js';
import { CancelApplication } from './application/cancel-application.js';
import { CountDecisions } from './application/count-decisions.js';
import { FIRM_BLOCK } from './application/firm-block.task.js';
import { LiftBlock } from './application/lift-block.js';
import { MeasureDecisions } from './application/measure-decisions.js';
import { ReadApplications } from './application/read-applications.js';
import { SubmitApplication } from './application/submit-application.js';
import { SweepDeadlines } from './application/sweep-deadlines.js';
import { ApprovalMatrix } from './approval/approval-matrix.js';
import { OnScoreComputed } from './approval/on-score-computed.js';
import { OnScoringFailed } from './approval/on-scoring-failed.js';
import { checkContent, checkProductRows } from './check-content.js';
import { LoanApplicationConfig } from './config.js';
import { AskSignature, ESIGN } from './esign/ask-signature.js';
import { ContractController } from './api/contract.controller.js';
import { Contract } from './contract/contract.entity.js';
import { ObtainSignature } from './contract/obtain-signature.js';
import { WarnOfCalendar } from './process/warn-of-calendar.js';
import { OBTAIN_SIGNATURE, SignContract } from './contract/sign-contract.js';
import { OnDisbursementFailed } from './drawdown/on-disbursement-failed.js';
import { OnLoanDisbursed } from './drawdown/on-loan-disbursed.js';
import { OnLoanSettled } from './drawdown/on-loan-settled.js';
import { ApplyPayoutMismatch } from './drawdown/payout-mismatch.js';
import { PAYOUT_MISMATCH } from './drawdown/payout-mismatch.task.js';
import { AcceptOffer } from './contract/accept-offer.js';
import { DeclineOffer } from './offer/decline-offer.js';
import { OfferController } from './api/offer.controller.js';
import { Offer } from './offer/offer.entity.js';
import { ShowOffer } from './offer/show-offer.js';
import { APPLICATION_PROCESS } from './process/application-process.js';
import { DRAWDOWN_PROCESS } from './process/drawdown-process.js';
import { ProductCatalogue } from './product/product-catalogue.js';
import { ProductController } from './product/product.controller.js';
import { Product } from './product/product.entity.js';
import { DecideReview } from './review/decide-review.js';
import { HoldReview } from './review/hold-review.js';
import { ReviewReasonController, ReviewTaskController } from './api/review-task.controller.js';
import { ALL_REVIEW_KINDS } from './review-task/review.task.js';
import { ReviewTask } from './review-task/review-task.entity.js';
import { TextController } from './api/text.controller.js';
import { OnKycPassed } from './verification/on-kyc-passed.js';
import { OnKycReferred } from './verification/on-kyc-referred.js';
import { OnKycRejected } from './verification/on-kyc-rejected.js';

for (const process of [APPLICATION_PROCESS, DRAWDOWN_PROCESS]) assertProcess(process);

/** Wiring of loan-application. */
@Module({
  controllers: [
    ProductController,
    ApplicationController,
    OfferController,
    ContractController,
    AccountChangeController,
    ReviewTaskController,
    ReviewReasonController,
    TextController,
  ],
  providers: [
    MeasureDecisions,
    LiftBlock,
    CountDecisions,
    WarnOfCalendar,
    AdvanceApplication,
    AdvanceDrawdown,
    ReadApplications,
    ShowApplications,
    ProductCatalogue,
    ApprovalMatrix,
    SubmitApplication,
    CancelApplication,
    ShowOffer,
    AcceptOffer,
    DeclineOffer,
    SignContract,
    ProposeAccount,
    DecideReview,
    HoldReview,
    OnKycPassed,
    OnKycReferred,
    OnKycRejected,
    OnScoreComputed,
    OnScoringFailed,
    OnLoanDisbursed,
    OnDisbursementFailed,
    OnLoanSettled,
    ApplyPayoutMismatch,
    AskSignature,
    ObtainSignature,
    SweepDeadlines,
    SweepDrawdowns,
  ],
})
export class LoanApplicationModule {
  static readonly entities = [Application, Drawdown, Product, Offer, Contract, ReviewTask];
}

/** What waits for people, and for how long. */
const OPEN_REVIEW_TASKS = `select stage as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(opened_at))::float8 as "oldestSeconds"
  from review_task where status = 'open' group by stage order by stage`;

/** The hub: owns the life of an application, from submission to the signed contract, and of its drawdown. */
export const loanApplication = defineService({
  name: 'loan-application',
  schema: 'loan_application',
  config: LoanApplicationConfig,
  check: checkContent,
  checkRows: checkProductRows,
  module: LoanApplicationModule,
  migrations: new URL('../migrations', import.meta.url),
  histories: [APPLICATION_SUBJECT, DRAWDOWN_SUBJECT],
  taskKinds: [decidedBy(PAYOUT_MISMATCH, ApplyPayoutMismatch), decidedBy(FIRM_BLOCK, LiftBlock), ...ALL_REVIEW_KINDS.map(doneAtOnce)],
  consumes: [
    consume(KycPassed, OnKycPassed),
    consume(KycReferred, OnKycReferred),
    consume(KycRejected, OnKycRejected),
    consume(ScoreComputed, OnScoreComputed),
    consume(ScoringFailed, OnScoringFailed),
    consume(LoanDisbursed, OnLoanDisbursed),
    consume(DisbursementFailed, OnDisbursementFailed),
    consume(LoanSettled, OnLoanSettled),
  ],
  produces: [
    LoanApplicationSubmitted,
    KycRequested,
    ScoringRequested,
    ManualReviewRequested,
    ReviewDecided,
    LoanApproved,
    LoanApplicationRejected,
    LoanOfferIssued,
    LoanOfferAccepted,
    ContractGenerated,
    ContractSigned,
    PayeeAccountChanged,
    DisbursementRequested,
    LoanActivated,
    LoanClosed,
    LoanApplicationExpired,
    LoanApplicationCancelled,
    ...TASK_EVENTS,
  ],
  outsideParties: [ESIGN],
  jobs: { [OBTAIN_SIGNATURE]: ObtainSignature },
  figures: [{ name: 'review tasks', sql: OPEN_REVIEW_TASKS }],
  tickers: [
    { intervalMs: 1_000, ticker: SweepDeadlines },
    { intervalMs: 1_000, ticker: SweepDrawdowns },
  ],
});
