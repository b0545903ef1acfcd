import { LoanActivated, LoanBooked, LoanSettled, RepaymentReceived, TASK_EVENTS } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { checkPolicy } from '@millrace/policy';
import { assertProcess } from '@millrace/process';
import { defineService } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { Module } from '@nestjs/common';
import { PostLoanMonitoringConfig } from './config.js';
import { JournalController } from './ledger/journal.controller.js';
import { ListLoans } from './loan/list-loans.js';
import { LoanController } from './loan/loan.controller.js';
import { LOAN_PROCESS, LOAN_SUBJECT } from './loan/loan-process.js';
import { OnLoanActivated } from './loan/on-loan-activated.js';
import { ApplyHeldCredit } from './repayment/apply-held-credit.js';
import { RecordRepayment } from './repayment/record-repayment.js';
import { REPAYMENT_AMOUNT } from './repayment/repayment-amount.task.js';
import { SettleHeldRepayment } from './repayment/settle-held-repayment.js';
import { RepaymentController } from './repayment/repayment.controller.js';

assertProcess(LOAN_PROCESS);

/** Wiring of post-loan-monitoring. */
@Module({
  controllers: [LoanController, RepaymentController, JournalController],
  providers: [OnLoanActivated, ListLoans, RecordRepayment, SettleHeldRepayment, ApplyHeldCredit],
})
export class PostLoanMonitoringModule {}

/** Loan accounts, schedules, repayments and the ledger: what became of the money after it was paid out? */
export const postLoanMonitoring = defineService({
  name: 'post-loan-monitoring',
  schema: 'post_loan_monitoring',
  config: PostLoanMonitoringConfig,
  check: checkPolicy,
  module: PostLoanMonitoringModule,
  migrations: new URL('../migrations', import.meta.url),
  histories: [LOAN_SUBJECT],
  consumes: [consume(LoanActivated, OnLoanActivated)],
  produces: [LoanBooked, RepaymentReceived, LoanSettled, ...TASK_EVENTS],
  jobs: {},
  taskKinds: [decidedBy(REPAYMENT_AMOUNT, SettleHeldRepayment)],
  tickers: [{ intervalMs: 1_000, ticker: ApplyHeldCredit }],
});
