import {
  businessDate,
  CreditReportDisputeMarked,
  CreditReportFiled,
  CreditReportRefused,
  LegalCaseFilingAnswered,
  NoticeFailed,
  NoticeServed,
  type NoticeDelivery,
} from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { Dispatch } from './dispatch.js';

/** How a matter has ended. */
export interface DispatchOutcome {
  readonly state: 'DONE' | 'REFUSED' | 'DROPPED';
  readonly reference: string | null;
  /** Null where it is done. */
  readonly reasonCode: string | null;
}

function tellNotice(tx: EventTransaction, dispatch: Dispatch, reasonCode: string | null, now: Date): void {
  const { dispatchId, applicationId, loanId, letterId, content } = dispatch;
  const { kind, channel, addresseeRef } = content as { kind: string; channel: NoticeDelivery; addresseeRef: string };
  const party = addresseeRef.startsWith('guarantor:') ? 'guarantor' : 'debtor';
  const facts = { applicationId, loanId, noticeId: dispatchId, letterId: letterId!, kind, channel, party } as const;
  tx.emit(reasonCode === null ? new NoticeServed({ ...facts, servedOn: businessDate(now) }) : new NoticeFailed({ ...facts, reasonCode }));
}

function tellReport(tx: EventTransaction, { dispatchId, applicationId, loanId, content }: Dispatch, reasonCode: string | null): void {
  const { asOf, isNegative } = content as { asOf: string; isNegative: boolean };
  const facts = { applicationId, loanId, reportId: dispatchId, asOf };
  tx.emit(reasonCode === null ? new CreditReportFiled({ ...facts, negative: isNegative }) : new CreditReportRefused({ ...facts, reasonCode }));
}

function tellMark(tx: EventTransaction, { applicationId, loanId, content }: Dispatch, reasonCode: string | null): void {
  const { disputeId, filingId: reportId, isDisputed: disputed } = content as { disputeId: string; filingId: string; isDisputed: boolean };
  tx.emit(new CreditReportDisputeMarked({ applicationId, loanId, disputeId, reportId, disputed, ...(reasonCode === null ? {} : { reasonCode }) }));
}

function tellFiling(tx: EventTransaction, { applicationId, loanId, content }: Dispatch, reasonCode: string | null): void {
  const { legalCaseId } = content as { legalCaseId: string };
  tx.emit(new LegalCaseFilingAnswered({ applicationId, loanId, legalCaseId, accepted: reasonCode === null, ...(reasonCode === null ? {} : { reasonCode }) }));
}

/** Tells how a matter has ended. */
export function tellOutcome(tx: EventTransaction, dispatch: Dispatch, { reasonCode }: DispatchOutcome, now: Date): void {
  if (dispatch.party === 'notice') tellNotice(tx, dispatch, reasonCode, now);
  else if (dispatch.party === 'bureau-dispute') tellMark(tx, dispatch, reasonCode);
  else if (dispatch.party === 'court') tellFiling(tx, dispatch, reasonCode);
  else tellReport(tx, dispatch, reasonCode);
}
