import {
  AppealDecided,
  AppealRequested,
  ConsentRevoked,
  ContractGenerated,
  ContractSigned,
  ExplanationIssued,
  KycRequested,
  LoanApplicationCancelled,
  LoanApplicationExpired,
  LoanApplicationInfoCorrected,
  LoanApplicationRejected,
  LoanApplicationSubmitted,
  LoanApproved,
  LoanOfferAccepted,
  LoanOfferIssued,
  ManualReviewRequested,
  RenewalRequested,
  ReviewDecided,
  ScoringRequested,
  SupplementAnswered,
  SupplementLapsed,
  SupplementRequested,
} from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { AdmitApplication } from './admit-application.js';
import { AdvanceApplication, APPLICATION_SUBJECT } from './advance-application.js';
import { Application } from './application.entity.js';
import { CancelApplication } from './cancel-application.js';
import { CountDecisions } from './count-decisions.js';
import { FIRM_BLOCK } from './firm-block.task.js';
import { LiftBlock } from './lift-block.js';
import { MeasureDecisions } from './measure-decisions.js';
import { ReadApplications } from './read-applications.js';
import { SubmitApplication } from './submit-application.js';
import { SweepDeadlines } from './sweep-deadlines.js';
import { WithdrawConsent } from './withdraw-consent.js';

/** An application, its steps and the events that go with them. */
export const application = defineCapability({
  name: 'application',
  face: [
    'admit-application',
    'advance-application',
    'application-change',
    'application.dto',
    'application.entity',
    'asked-consents',
    'block-firm',
    'build-events',
    'cancel-application',
    'firm-watch',
    'read-applications',
    'submit-application',
    'submit-application.dto',
    'consent-withdrawal.dto',
    'withdraw-consent',
  ],
  providers: [MeasureDecisions, CountDecisions, AdvanceApplication, ReadApplications, SubmitApplication, CancelApplication, WithdrawConsent, AdmitApplication],
  entities: [Application],
  histories: [APPLICATION_SUBJECT],
  produces: [
    LoanApplicationSubmitted,
    RenewalRequested,
    KycRequested,
    ScoringRequested,
    AppealRequested,
    AppealDecided,
    ExplanationIssued,
    SupplementRequested,
    SupplementAnswered,
    SupplementLapsed,
    LoanApplicationInfoCorrected,
    ManualReviewRequested,
    ReviewDecided,
    LoanApproved,
    LoanApplicationRejected,
    LoanOfferIssued,
    LoanOfferAccepted,
    ContractGenerated,
    ContractSigned,
    LoanApplicationExpired,
    LoanApplicationCancelled,
    ConsentRevoked,
  ],
  tickers: [{ intervalMs: 1_000, ticker: SweepDeadlines }],
  taskKinds: [decidedBy(FIRM_BLOCK, LiftBlock)],
});
