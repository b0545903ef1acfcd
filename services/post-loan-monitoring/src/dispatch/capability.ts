import { CreditReportDisputeMarked, CreditReportFiled, CreditReportRefused, LegalCaseFilingAnswered, NoticeFailed, NoticeServed } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { CountDispatches } from './count-dispatches.js';
import { BUREAU_DISPUTE, BUREAU_FILING, COURT, NOTICE, TELL_PARTY } from './dispatch.js';
import { PartyClient } from './party-client.js';
import { RecordDispatch } from './record-dispatch.js';
import { TakeUpDispatches } from './take-up-dispatches.js';
import { TellParty } from './tell-party.js';

/** Matters that may hang at a party. */
const UNKNOWN_DISPATCHES = `select party || ': outcome unknown' as label, count(*)::int as count,
  extract(epoch from $1::timestamptz - min(planned_at))::float8 as "oldestSeconds" from dispatch where state = 'UNKNOWN' and next_action_at is not null group by party`;

/** What outside parties are told about loans in writing, each matter once under an id of ours. */
export const dispatch = defineCapability({
  name: 'dispatch',
  face: ['plan-dispatch'],
  providers: [PartyClient, RecordDispatch, CountDispatches],
  outsideParties: [NOTICE, COURT, BUREAU_DISPUTE, BUREAU_FILING],
  produces: [NoticeServed, NoticeFailed, CreditReportFiled, CreditReportRefused, CreditReportDisputeMarked, LegalCaseFilingAnswered],
  jobs: { [TELL_PARTY]: TellParty },
  tickers: [{ intervalMs: 1_000, ticker: TakeUpDispatches }],
  figures: [{ name: 'notices and reports', sql: UNKNOWN_DISPATCHES }],
});
