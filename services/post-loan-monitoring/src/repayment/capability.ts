import { LoanRecoveryReceived, RepaymentReceived } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { ApplyHeldCredit } from './apply-held-credit.js';
import { RecordRepayment } from './record-repayment.js';
import { REPAYMENT_AMOUNT } from './repayment-amount.task.js';
import { RepaymentController } from './repayment.controller.js';
import { SettleHeldRepayment } from './settle-held-repayment.js';

/** Money that comes back: taken in, put to what is due, and held where nothing is. */
export const repayment = defineCapability({
  name: 'repayment',
  face: ['bank-reference', 'book-repayment', 'repayment-policy'],
  controllers: [RepaymentController],
  providers: [RecordRepayment],
  produces: [RepaymentReceived, LoanRecoveryReceived],
  tickers: [{ intervalMs: 1_000, ticker: ApplyHeldCredit }],
  taskKinds: [decidedBy(REPAYMENT_AMOUNT, SettleHeldRepayment)],
});
