import { CreditReportDisputeClosed, CreditReportDisputeOpened, CreditReportDisputeOverdue } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { CountDisputes } from './count-disputes.js';
import { CreditDisputeController } from './credit-dispute.controller.js';
import { CreditDispute } from './credit-dispute.entity.js';
import { CREDIT_DISPUTE } from './credit-dispute.task.js';
import { DISPUTE_PROCESS, DISPUTE_SUBJECT } from './dispute-process.js';
import { OpenDispute } from './open-dispute.js';
import { RecordDispute } from './record-dispute.js';
import { SettleDispute } from './settle-dispute.js';
import { WatchDays } from './watch-days.js';

const OPEN_DISPUTES = `select lower(status) as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(created_at))::float8 as "oldestSeconds"
  from credit_dispute where live group by status`;

/** Disputes of what was reported to the credit bureau: marked there, checked by people, answered in writing within the days of the law. */
export const creditDispute = defineCapability({
  name: 'credit-dispute',
  controllers: [CreditDisputeController],
  entities: [CreditDispute],
  providers: [RecordDispute, OpenDispute, CountDisputes],
  produces: [CreditReportDisputeOpened, CreditReportDisputeOverdue, CreditReportDisputeClosed],
  processes: [DISPUTE_PROCESS],
  histories: [DISPUTE_SUBJECT],
  tickers: [{ intervalMs: 1_000, ticker: WatchDays }],
  taskKinds: [decidedBy(CREDIT_DISPUTE, SettleDispute)],
  figures: [{ name: 'disputes of credit reports', sql: OPEN_DISPUTES }],
});
