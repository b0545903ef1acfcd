import type { EventTransaction } from '@millrace/messaging';
import type { Dispatch } from './dispatch.js';

/** A matter that a party is to be told. */
export type DispatchDraft = Pick<
  Dispatch,
  'dispatchId' | 'tenantId' | 'applicationId' | 'loanId' | 'party' | 'content' | 'policyVersion' | 'letterId' | 'partyKey' | 'sendUntil'
> & {
  /** Sent only while this is the oldest unpaid due date of the loan; null where it does not hang on one. */
  readonly whileDueOn: string | null;
  /** When it may be sent first. */
  readonly sendFrom: Date;
};

const INSERT = `
insert into dispatch (dispatch_id, tenant_id, application_id, loan_id, party, content, policy_version, letter_id, party_key, while_due_on, send_until, next_action_at, planned_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`;

/** Plans a matter: the service tells it when its time has come, and nothing is called in this transaction. A letter is delivered once, and an id is one matter. */
export async function planDispatch(tx: EventTransaction, draft: DispatchDraft, now: Date): Promise<void> {
  const { dispatchId, tenantId, applicationId, loanId, party, content, policyVersion, letterId, partyKey, whileDueOn, sendUntil, sendFrom } = draft;
  const whose = [dispatchId, tenantId, applicationId, loanId, party, JSON.stringify(content), policyVersion, letterId, partyKey];
  await tx.query(INSERT, [...whose, whileDueOn, sendUntil, sendFrom, now]);
}
