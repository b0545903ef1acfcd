import { defineCapability } from '@millrace/service';
import { CloseDays } from './close-days.js';
import { WatchClose } from './watch-close.js';

const SECOND_MS = 1_000;

/** The close of each business date: what the end of a day makes of every loan, whether or not anybody pays. */
export const close = defineCapability({
  name: 'close',
  face: ['close-book', 'close-calendar'],
  providers: [WatchClose],
  tickers: [{ intervalMs: SECOND_MS, ticker: CloseDays }],
  figures: [
    {
      name: 'days that are being closed',
      sql: `select tenant_id || ' ' || day as label, (select count(*) from close_batch b where b.tenant_id = d.tenant_id and b.day = d.day and b.done_at is null)::int as count,
        extract(epoch from $1::timestamptz - opened_at)::float8 as "oldestSeconds" from close_day d where closed_at is null order by tenant_id, day`,
    },
  ],
});
