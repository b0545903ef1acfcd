import { RecheckFailed, RecheckPassed, RecheckRequested, SuspicionRaised } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnRecheckRequested } from './on-recheck-requested.js';
import { RecheckFirm } from './recheck-firm.js';
import { ResumeRechecks } from './resume-rechecks.js';

/** A second look at a firm, before its money leaves (R-DB-01). */
export const recheck = defineCapability({
  name: 'recheck',
  consumes: [consume(RecheckRequested, OnRecheckRequested)],
  produces: [RecheckPassed, RecheckFailed, SuspicionRaised],
  jobs: { recheck_firm: RecheckFirm },
  tickers: [{ intervalMs: 1_000, ticker: ResumeRechecks }],
});
