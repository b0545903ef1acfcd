import { MoneyReceived, RefundOrdered, RefundTold } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { OnMoneyReceived } from './on-money-received.js';
import { OnRefundTold } from './on-refund-told.js';
import { SettleSuspense } from './settle-suspense.js';
import { DOUBTFUL_MONEY, SUSPENSE_MONEY } from './suspense-money.task.js';
import { TakeUpDoubtful } from './take-up-doubtful.js';

/** Money in suspense, with its age. */
const IN_SUSPENSE = `select case when r.unknown_since is not null then 'REFUND_UNKNOWN' when r.refund_id is not null then 'REFUND_ORDERED' else coalesce(s.again_for, b.reason) end as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(s.opened_at))::float8 as "oldestSeconds"
  from suspense s join bank_line b using (line_id) left join refund r on r.line_id = s.line_id and r.state = 'ORDERED'
  where s.state in ('open', 'refunding') group by 1`;

/** Money as the bank shows it: booked on the loan that it names, or kept in suspense until a person has found whose it is. */
export const bankLine = defineCapability({
  name: 'bank-line',
  face: ['ask-whose', 'on-money-received', 'post-suspense', 'read-book-day', 'record-line', 'return-to-suspense'],
  consumes: [consume(MoneyReceived, OnMoneyReceived), consume(RefundTold, OnRefundTold)],
  produces: [RefundOrdered],
  taskKinds: [decidedBy(SUSPENSE_MONEY, SettleSuspense), decidedBy(DOUBTFUL_MONEY, SettleSuspense)],
  tickers: [{ intervalMs: 1_000, ticker: TakeUpDoubtful }],
  figures: [{ name: 'lines in suspense', sql: IN_SUSPENSE }],
});
