import { RefundAnswered, RefundRequested } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { CountUnknownRefunds } from './count-unknown-refunds.js';
import { InstructRefund } from './instruct-refund.js';
import { MatchDebits } from './match-debits.js';
import { OnRefundRequested } from './on-refund-requested.js';
import { RecordRefund } from './record-refund.js';
import { RefundClient, REFUNDS } from './refund-client.js';
import { REFUND_PROCESS, REFUND_SUBJECT } from './refund-process.js';
import { INSTRUCT_REFUND } from './refund-turn.js';
import { Refund } from './refund.entity.js';
import { TakeUpRefunds } from './take-up-refunds.js';

/** Money that may hang at the bank (S13). */
const UNKNOWN_REFUNDS = `select 'outcome unknown' as label, count(*)::int as count,
  extract(epoch from $1::timestamptz - min(created_at))::float8 as "oldestSeconds" from refund where status = 'UNKNOWN' and next_action_at is not null
  union all
  select 'refused, and on the statement', count(*)::int, extract(epoch from $1::timestamptz - min(d.seen_at))::float8
  from refund_debit d join refund r using (refund_id) where r.status = 'REFUSED' and d.seen_at > $1::timestamptz - interval '30 days' having count(*) > 0`;

/** Money of the statement that the books give back to its payer, from the order to what the bank says became of it. */
export const refund = defineCapability({
  name: 'refund',
  providers: [RefundClient, RecordRefund, CountUnknownRefunds],
  entities: [Refund],
  processes: [REFUND_PROCESS],
  histories: [REFUND_SUBJECT],
  outsideParties: [REFUNDS],
  consumes: [consume(RefundRequested, OnRefundRequested)],
  produces: [RefundAnswered],
  jobs: { [INSTRUCT_REFUND]: InstructRefund },
  tickers: [
    { intervalMs: 1_000, ticker: TakeUpRefunds },
    { intervalMs: 5_000, ticker: MatchDebits },
  ],
  figures: [{ name: 'refunds', sql: UNKNOWN_REFUNDS }],
});
