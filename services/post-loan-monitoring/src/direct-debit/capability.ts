import { DirectDebitEnded, InstalmentDue } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { DebitController } from './debit.controller.js';
import { OnDirectDebitEnded } from './on-direct-debit-ended.js';
import { OrderDebits } from './order-debits.js';

/** Debits that have been ordered and whose end nobody has told yet, oldest first. */
const OPEN_DEBITS = `select 'ordered' as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(ordered_at))::float8 as "oldestSeconds"
  from debit where state = 'ORDERED'`;

/** What falls due on loans with a mandate is ordered to be debited; the money is booked when the statement shows it. */
export const directDebit = defineCapability({
  name: 'direct-debit',
  controllers: [DebitController],
  consumes: [consume(DirectDebitEnded, OnDirectDebitEnded)],
  produces: [InstalmentDue],
  tickers: [{ intervalMs: 1_000, ticker: OrderDebits }],
  figures: [{ name: 'direct debits', sql: OPEN_DEBITS }],
});
