import { DisbursementFailed, DisbursementRequested, LoanClosed, LoanDisbursed, PaymentOutcomeUnknown, TASK_EVENTS } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { checkPolicy } from '@millrace/policy';
import { defineService } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { Module } from '@nestjs/common';
import { DisbursementConfig } from './config.js';
import { OnLoanClosed } from './facility/on-loan-closed.js';
import { PayeeController } from './payee/payee.controller.js';
import { PAYEES } from './payee/payee-record.js';
import { StorePayee } from './payee/store-payee.js';
import { BANK, BankClient } from './bank/bank-client.js';
import { CountUnknownPayouts } from './payout/count-unknown-payouts.js';
import { InstructPayout } from './payout/instruct-payout.js';
import { OnDisbursementRequested } from './payout/on-disbursement-requested.js';
import { PAYOUT_DATE } from './payout/payout-date.task.js';
import { INSTRUCT_PAYOUT } from './payout/payout-turn.js';
import { PayoutController } from './payout/payout.controller.js';
import { RecordPayout } from './payout/record-payout.js';
import { SettlePayoutDate } from './payout/settle-payout-date.js';
import { TakeUpPayouts } from './payout/take-up-payouts.js';

/** Wiring of disbursement. */
@Module({
  controllers: [PayeeController, PayoutController],
  providers: [
    StorePayee,
    OnDisbursementRequested,
    OnLoanClosed,
    BankClient,
    RecordPayout,
    InstructPayout,
    SettlePayoutDate,
    TakeUpPayouts,
    CountUnknownPayouts,
  ],
})
export class DisbursementModule {}

/** Money that may hang at the bank (S13). */
const UNKNOWN_PAYOUTS = `select 'outcome unknown' as label, count(*)::int as count,
  extract(epoch from $1::timestamptz - min(created_at))::float8 as "oldestSeconds" from payout where status = 'UNKNOWN'`;

/** Limits, reservations and the one payment of each loan. */
export const disbursement = defineService({
  name: 'disbursement',
  schema: 'disbursement',
  config: DisbursementConfig,
  check: checkPolicy,
  module: DisbursementModule,
  migrations: new URL('../migrations', import.meta.url),
  sealedRecords: [PAYEES],
  consumes: [consume(DisbursementRequested, OnDisbursementRequested), consume(LoanClosed, OnLoanClosed)],
  produces: [LoanDisbursed, DisbursementFailed, PaymentOutcomeUnknown, ...TASK_EVENTS],
  outsideParties: [BANK],
  jobs: { [INSTRUCT_PAYOUT]: InstructPayout },
  figures: [{ name: 'payouts', sql: UNKNOWN_PAYOUTS }],
  taskKinds: [decidedBy(PAYOUT_DATE, SettlePayoutDate)],
  tickers: [{ intervalMs: 1_000, ticker: TakeUpPayouts }],
});
