import {
  DisbursementFailed,
  DisbursementReturned,
  DisbursementRequested,
  DrawdownExpired,
  LoanActivated,
  LoanApplicationCancelled,
  LoanApplicationRejected,
  LoanClosed,
  LoanClosureReversed,
  LoanDisbursed,
  LoanReopened,
  LoanReturned,
  LoanSettled,
  LoanStatusChanged,
  LoanTransferred,
  ManualReviewRequested,
  PayeeAccountChanged,
  RecheckFailed,
  RecheckPassed,
  RecheckRequested,
  RenewalSettled,
  RenewalSettlementRequested,
  ReviewDecided,
} from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { AdvanceDrawdown, DRAWDOWN_SUBJECT } from './advance-drawdown.js';
import { ApplyAuthorisation } from './apply-authorisation.js';
import { AuthorisePayment } from './authorise-payment.js';
import { CancelDrawdown } from './cancel-drawdown.js';
import { DrawdownController } from './drawdown.controller.js';
import { PAYMENT_AUTHORISATION } from './payment-authorisation.task.js';
import { Drawdown } from './drawdown.entity.js';
import { OnDisbursementFailed } from './on-disbursement-failed.js';
import { OnDisbursementReturned } from './on-disbursement-returned.js';
import { OnLoanDisbursed } from './on-loan-disbursed.js';
import { OnLoanReopened } from './on-loan-reopened.js';
import { OnLoanSettled } from './on-loan-settled.js';
import { OnLoanStatusChanged } from './on-loan-status-changed.js';
import { OnLoanTransferred } from './on-loan-transferred.js';
import { OnRecheckFailed } from './on-recheck-failed.js';
import { OnRecheckPassed } from './on-recheck-passed.js';
import { LookAgain } from './look-again.js';
import { RecheckController } from './recheck.controller.js';
import { ApplyPayoutMismatch } from './payout-mismatch.js';
import { PAYOUT_MISMATCH } from './payout-mismatch.task.js';
import { SweepDrawdowns } from './sweep-drawdowns.js';

/** The drawdown of a signed loan, until the money is out or the loan is closed. */
export const drawdown = defineCapability({
  name: 'drawdown',
  face: ['advance-drawdown', 'cancel-drawdown', 'drawdown.dto', 'drawdown-change', 'drawdown.entity', 'look-again', 'recheck-policy'],
  controllers: [RecheckController, DrawdownController],
  providers: [AdvanceDrawdown, LookAgain, AuthorisePayment, CancelDrawdown],
  entities: [Drawdown],
  histories: [DRAWDOWN_SUBJECT],
  consumes: [
    consume(RecheckPassed, OnRecheckPassed),
    consume(RecheckFailed, OnRecheckFailed),
    consume(LoanDisbursed, OnLoanDisbursed),
    consume(DisbursementFailed, OnDisbursementFailed),
    consume(DisbursementReturned, OnDisbursementReturned),
    consume(LoanSettled, OnLoanSettled),
    consume(LoanTransferred, OnLoanTransferred),
    consume(LoanReopened, OnLoanReopened),
    consume(LoanStatusChanged, OnLoanStatusChanged),
  ],
  produces: [
    RecheckRequested,
    DisbursementRequested,
    ManualReviewRequested,
    ReviewDecided,
    PayeeAccountChanged,
    RenewalSettlementRequested,
    RenewalSettled,
    LoanActivated,
    LoanReturned,
    LoanClosed,
    LoanClosureReversed,
    LoanApplicationRejected,
    LoanApplicationCancelled,
    DrawdownExpired,
  ],
  tickers: [{ intervalMs: 1_000, ticker: SweepDrawdowns }],
  taskKinds: [decidedBy(PAYOUT_MISMATCH, ApplyPayoutMismatch), decidedBy(PAYMENT_AUTHORISATION, ApplyAuthorisation)],
});
