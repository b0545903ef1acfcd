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
select d."dispatchId", d."tenantId", d."applicationId", d."loanId", d.party, d.content, d."policyVersion", d."letterId", d."partyKey", d."whileDueOn", d."sendUntil", d."sendFrom", $2
from jsonb_to_recordset($1::jsonb) as d("dispatchId" uuid, "tenantId" text, "applicationId" uuid, "loanId" uuid, party text, content jsonb, "policyVersion" text,
  "letterId" uuid, "partyKey" text, "whileDueOn" date, "sendUntil" timestamptz, "sendFrom" timestamptz)
on conflict do nothing`;

/** Plans matters: the service tells each when its time has come, and nothing is called in this transaction. A letter is delivered once, and an id is one matter. */
export async function planDispatches(tx: EventTransaction, drafts: readonly DispatchDraft[], now: Date): Promise<void> {
  await tx.query(INSERT, [JSON.stringify(drafts), now]);
}
