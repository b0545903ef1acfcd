import { DisbursementFailed, DisbursementRequested, LoanDisbursed, PaymentOutcomeUnknown } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { CountUnknownPayouts } from './count-unknown-payouts.js';
import { InstructPayout } from './instruct-payout.js';
import { OnDisbursementRequested } from './on-disbursement-requested.js';
import { PAYOUT_DATE } from './payout-date.task.js';
import { INSTRUCT_PAYOUT } from './payout-turn.js';
import { PayoutController } from './payout.controller.js';
import { RecordPayout } from './record-payout.js';
import { SettlePayoutDate } from './settle-payout-date.js';
import { SettleUnknownPayout } from './settle-unknown-payout.js';
import { UNKNOWN_PAYOUT } from './unknown-payout.task.js';
import { TakeUpPayouts } from './take-up-payouts.js';

/** Money that may hang at the bank (S13). */
const UNKNOWN_PAYOUTS = `select 'outcome unknown' as label, count(*)::int as count,
  extract(epoch from $1::timestamptz - min(created_at))::float8 as "oldestSeconds" from payout where status = 'UNKNOWN'`;

/** The one payment of a loan, from the request to what the bank says became of it. */
export const payout = defineCapability({
  name: 'payout',
  face: ['end-payout', 'payout-process', 'return-payout', 'stored-payout', 'unknown-payout.task'],
  controllers: [PayoutController],
  providers: [RecordPayout, CountUnknownPayouts],
  consumes: [consume(DisbursementRequested, OnDisbursementRequested)],
  produces: [LoanDisbursed, DisbursementFailed, PaymentOutcomeUnknown],
  jobs: { [INSTRUCT_PAYOUT]: InstructPayout },
  tickers: [{ intervalMs: 1_000, ticker: TakeUpPayouts }],
  taskKinds: [decidedBy(PAYOUT_DATE, SettlePayoutDate), decidedBy(UNKNOWN_PAYOUT, SettleUnknownPayout)],
  figures: [{ name: 'payouts', sql: UNKNOWN_PAYOUTS }],
});
