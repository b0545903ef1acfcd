import { ConsentRevoked, KycPassed, KycReferred, KycRejected, KycRequested, SuspicionRaised } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { CheckGuarantors } from './check-guarantors.js';
import { CompleteVerification } from './complete-verification.js';
import { GoOnWithVerification, HoldVerification } from './hold-verification.js';
import { OnConsentRevoked } from './on-consent-revoked.js';
import { OnKycRequested } from './on-kyc-requested.js';
import { RECORD_NOT_TRUSTED } from './record-not-trusted.task.js';
import { ResumeVerifications } from './resume-verifications.js';
import { ScreeningController } from './screening.controller.js';
import { VerificationReader } from './stored-verification.js';
import { VerificationTables } from './verification-tables.js';
import { VerificationController } from './verification.controller.js';
import { VerifyFirm } from './verify-firm.js';

/** The check of a firm: every source asked, their answers held against each other, and what follows from them. */
export const verification = defineCapability({
  name: 'verification',
  face: [
    'assemble-facts',
    'check-guarantors',
    'complete-verification',
    'hold-verification',
    'read-signals',
    'repeat-verification',
    'resume-policy',
    'signals',
    'stored-verification',
    'verification-tables',
  ],
  controllers: [VerificationController, ScreeningController],
  providers: [VerificationReader, HoldVerification, VerificationTables, CompleteVerification, CheckGuarantors],
  consumes: [consume(KycRequested, OnKycRequested), consume(ConsentRevoked, OnConsentRevoked)],
  produces: [KycPassed, KycReferred, KycRejected, SuspicionRaised],
  jobs: { verify_firm: VerifyFirm },
  tickers: [{ intervalMs: 1_000, ticker: ResumeVerifications }],
  taskKinds: [decidedBy(RECORD_NOT_TRUSTED, GoOnWithVerification)],
});
