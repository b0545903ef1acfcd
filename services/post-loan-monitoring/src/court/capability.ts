import { LegalCaseFindingMade } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { COURT_NEWS, CourtClient } from './court-client.js';
import { PULL_COURT_NEWS } from './court-watch.js';
import { PullNews } from './pull-news.js';
import { RecordNews } from './record-news.js';
import { TakeUpWatches } from './take-up-watches.js';

const FINDINGS = `select finding as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(looked_at))::float8 as "oldestSeconds"
  from court_watch where finding is not null and next_action_at is not null group by finding`;

/** What the court tells of the cases of lenders that are connected to it; of all others people record it by hand. */
export const court = defineCapability({
  name: 'court',
  providers: [CourtClient, RecordNews],
  outsideParties: [COURT_NEWS],
  produces: [LegalCaseFindingMade],
  jobs: { [PULL_COURT_NEWS]: PullNews },
  tickers: [{ intervalMs: 1_000, ticker: TakeUpWatches }],
  figures: [{ name: 'cases that the court does not know', sql: FINDINGS }],
});
