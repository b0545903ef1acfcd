import { KycPassed, KycReferred, KycRejected, KycRequested, SuspicionRaised, TASK_EVENTS } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineService } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { Module } from '@nestjs/common';
import { SOURCE_PARTIES } from './sources/sources.js';
import { APPLICANTS } from './applicant/applicant-record.js';
import { ApplicantController } from './applicant/applicant.controller.js';
import { PersonController } from './applicant/person.controller.js';
import { RecordApplicant } from './applicant/record-applicant.js';
import { checkContent } from './check-content.js';
import { KycAntifraudConfig } from './config.js';
import { AskSource } from './sources/ask-source.js';
import { CompleteVerification } from './verification/complete-verification.js';
import { GoOnWithVerification, HoldVerification } from './verification/hold-verification.js';
import { OnKycRequested } from './verification/on-kyc-requested.js';
import { RECORD_NOT_TRUSTED } from './verification/record-not-trusted.task.js';
import { ResumeVerifications } from './verification/resume-verifications.js';
import { VerificationReader } from './verification/stored-verification.js';
import { VerificationTables } from './verification/verification-tables.js';
import { ScreeningController } from './verification/screening.controller.js';
import { VerificationController } from './verification/verification.controller.js';
import { VerifyFirm } from './verification/verify-firm.js';

/** Wiring of kyc-antifraud. */
@Module({
  controllers: [ApplicantController, PersonController, VerificationController, ScreeningController],
  providers: [
    RecordApplicant,
    AskSource,
    VerificationReader,
    HoldVerification,
    GoOnWithVerification,
    VerificationTables,
    CompleteVerification,
    OnKycRequested,
    VerifyFirm,
    ResumeVerifications,
  ],
})
export class KycAntifraudModule {}

/** Identity, registry, lists, tax and invoices: is the firm what it says, and who is behind it? */
export const kycAntifraud = defineService({
  name: 'kyc-antifraud',
  schema: 'kyc_antifraud',
  config: KycAntifraudConfig,
  check: checkContent,
  module: KycAntifraudModule,
  migrations: new URL('../migrations', import.meta.url),
  sealedRecords: [APPLICANTS],
  consumes: [consume(KycRequested, OnKycRequested)],
  produces: [KycPassed, KycReferred, KycRejected, SuspicionRaised, ...TASK_EVENTS],
  outsideParties: SOURCE_PARTIES,
  jobs: { verify_firm: VerifyFirm },
  taskKinds: [decidedBy(RECORD_NOT_TRUSTED, GoOnWithVerification)],
  tickers: [{ intervalMs: 1_000, ticker: ResumeVerifications }],
});
