import { formatMinor, newId } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { REASONS } from '@millrace/reasons';
import { debtorKey, guarantorKey } from '../collection-case/log-contact.js';
import type { CreditReport } from '../credit-report/credit-report.js';
import { planDispatches } from '../dispatch/plan-dispatch.js';
import { writeLetter, type LetterDraft } from '../letter/write-letter.js';
import type { LoanAccount } from '../loan/loan-account.js';
import type { CreditDispute } from './credit-dispute.entity.js';

/** Why a report stays as it is, as the person is told it. */
export type UpholdReason = 'REPORT_IS_RIGHT' | 'DISPUTE_WITHOUT_PROOF';

/** What was decided: what the bureau is sent instead, or why the report stays. */
export type DisputeOutcome = { readonly corrected: CreditReport } | { readonly reason: UpholdReason };

const yuan = (minor: string): string => formatMinor(BigInt(minor));

function draftOf(
  { contractId, loanId }: LoanAccount,
  dispute: CreditDispute,
  reported: CreditReport,
  outcome: DisputeOutcome,
  writtenOn: IsoDate,
): LetterDraft {
  const { disputeId, guaranteeId, receivedOn, asOf } = dispute;
  const base = { about: disputeId, writtenOn, ...(guaranteeId === null ? {} : { guaranteeId }) };
  const values = { contractId, loanId, writtenOn, receivedOn, asOf };
  const [dpd, overdue] = [String(reported.daysPastDue), yuan(reported.overdueMinor)];
  if ('corrected' in outcome) {
    const { daysPastDue, overdueMinor } = outcome.corrected;
    const figures = { dpdBefore: dpd, overdueBeforeYuan: overdue, dpdAfter: String(daysPastDue), overdueAfterYuan: yuan(overdueMinor) };
    return { kind: 'dispute_corrected', ...base, values: { ...values, ...figures } };
  }
  const { zh, en } = REASONS[outcome.reason].told;
  return { kind: 'dispute_upheld', ...base, values: { ...values, dpd, overdueYuan: overdue, reason: zh }, english: { reason: en } };
}

const ADDRESSEE = `
select l.uscc, g.guarantor_ref as "guarantorRef" from loan l left join guarantee g on g.loan_id = l.loan_id and g.guarantee_id = $2 where l.loan_id = $1`;

/**
 * Answers whoever has disputed a report, in writing (G-CB-05): the letter is kept, and sent by the notice provider.
 * @returns id of the letter
 */
export async function answerPerson(
  tx: EventTransaction,
  account: LoanAccount,
  dispute: CreditDispute,
  { reported, outcome, on, now }: { readonly reported: CreditReport; readonly outcome: DisputeOutcome; readonly on: IsoDate; readonly now: Date },
): Promise<string> {
  const { loanId, applicationId, tenantId, policyVersion } = account;
  const draft = draftOf(account, dispute, reported, outcome, on);
  const { letterId, text, textSha256 } = await writeLetter(tx, account, draft, now);
  const [addressee] = (await tx.query<{ uscc: string; guarantorRef: string | null }>(ADDRESSEE, [loanId, dispute.guaranteeId])).rows;
  const addresseeRef = dispute.guaranteeId === null ? debtorKey(addressee!.uscc) : guarantorKey(addressee!.guarantorRef!);
  const content = { lender: tenantId, loanId, channel: 'letter', addresseeRef, kind: draft.kind, language: 'zh-CN', text, textSha256 };
  const whose = { dispatchId: newId(), tenantId, applicationId, loanId, policyVersion, letterId };
  await planDispatches(tx, [{ ...whose, party: 'notice', content, partyKey: null, whileDueOn: null, sendUntil: null, sendFrom: now }], now);
  return letterId;
}
