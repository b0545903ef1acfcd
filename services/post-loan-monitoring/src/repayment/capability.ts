import { LoanPrepaid, LoanRecoveryReceived, RepaymentReceived } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { ANNOUNCED_MONEY } from './announced-money.task.js';
import { ApplyHeldCredit } from './apply-held-credit.js';
import { MissAnnouncedMoney } from './miss-announced-money.js';
import { RecordRepayment } from './record-repayment.js';
import { REPAYMENT_AMOUNT } from './repayment-amount.task.js';
import { PrepaymentController, RepaymentController } from './repayment.controller.js';
import { SettleAnnouncement } from './settle-announcement.js';
import { SettleHeldRepayment } from './settle-held-repayment.js';

/** Repayments that no line of the statement has shown: booked on somebody's word by a version before. */
const UNCONFIRMED = `select 'unconfirmed' as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(recorded_at))::float8 as "oldestSeconds"
  from repayment where line_id is null and reversed_at is null having count(*) > 0`;

/** Money that comes back: announced, put to what is due when the bank shows it, and held where nothing is due. */
export const repayment = defineCapability({
  name: 'repayment',
  face: ['announcement', 'bank-reference', 'book-repayment', 'repayment-policy'],
  controllers: [RepaymentController, PrepaymentController],
  providers: [RecordRepayment],
  produces: [RepaymentReceived, LoanRecoveryReceived, LoanPrepaid],
  tickers: [
    { intervalMs: 1_000, ticker: ApplyHeldCredit },
    { intervalMs: 1_000, ticker: MissAnnouncedMoney },
  ],
  taskKinds: [decidedBy(REPAYMENT_AMOUNT, SettleHeldRepayment), decidedBy(ANNOUNCED_MONEY, SettleAnnouncement)],
  figures: [{ name: 'unconfirmed repayments', sql: UNCONFIRMED }],
});
