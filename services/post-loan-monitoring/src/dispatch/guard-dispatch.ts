import { businessDate, businessHour, businessInstant } from '@millrace/contracts';
import type { LetterKind } from '@millrace/contracts/api';
import { addDays } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import type { CodeFor } from '@millrace/reasons';
import { judgeContact } from '../collection-case/judge-contact.js';
import { countContact, logContact } from '../collection-case/log-contact.js';
import { rulesOn } from '../standing/rules-on.js';
import type { Dispatch } from './dispatch.js';

/** Whether a matter may be told now. */
export type SendVerdict =
  | { readonly kind: 'send' }
  /** It is night, and it may be told in the morning. */
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'drop'; readonly reasonCode: CodeFor<'notice'> };

const HAS_CAUSE = `
select 1 from dispatch d join loan l using (loan_id) left join letter t using (letter_id)
where d.dispatch_id = $1 and (d.while_due_on is null or d.while_due_on = l.oldest_due_on)
  and (t.kind is distinct from 'renewal_offer' or (l.status = 'ACTIVE' and exists (select from renewal_offer o where o.loan_id = l.loan_id and o.matures_on = l.matures_on)
    and not exists (select from loan_standing s where s.loan_id = l.loan_id and s.loan_class <> 'NORMAL')))
  and (t.guarantee_id is null or t.kind like 'dispute%' or exists (
    select from guarantee g where g.loan_id = d.loan_id and g.guarantee_id = t.guarantee_id
      and g.state = any(case when t.kind = 'guarantor_transfer_notice' then '{transferred}' else '{live,claimed}' end::text[])))`;
const ABOUT = `
select t.party, t.guarantee_id as "guaranteeId", t.text_sha256 as "textSha256", c.case_id as "caseId"
from letter t left join collection_case c on c.loan_id = t.loan_id and c.closed_on is null where t.letter_id = $1`;
type AboutRow = Readonly<{ party: 'debtor' | 'guarantor'; guaranteeId: string | null; textSha256: string; caseId: string | null }>;

/** An answer to what somebody disputes is owed to that person, whatever became of the guarantee, and is no contact about arrears. */
const ANSWERS: readonly unknown[] = ['dispute_corrected', 'dispute_upheld'] satisfies LetterKind[];
/** What tells of no arrears, as a reminder of what is not due yet, uses up none of the contacts of a day about them; the hours bind it all the same. */
const NOT_OF_ARREARS: readonly unknown[] = ['due_reminder', 'renewal_offer', ...ANSWERS];
const isOfArrears = ({ content }: Dispatch): boolean => !NOT_OF_ARREARS.includes(content['kind']);

/** The next instant at which an hour of Shanghai begins. */
export function nextHour(now: Date, hour: number): Date {
  const today = businessDate(now);
  const day = businessHour(now) < hour ? today : addDays(today, 1);
  return businessInstant(day, hour);
}

/** Writes a letter or message about arrears down among the contacts of its case; one of a loan without arrears belongs to no case (M-CO-04). */
async function log(tx: EventTransaction, dispatch: Dispatch, now: Date, block: 'DAILY_LIMIT' | null): Promise<void> {
  if (ANSWERS.includes(dispatch.content['kind'])) return;
  const { dispatchId, applicationId, loanId, letterId, partyKey } = dispatch;
  const [about] = letterId === null ? [] : (await tx.query<AboutRow & Record<string, unknown>>(ABOUT, [letterId])).rows;
  if (!about || about.caseId === null) return;
  const { party, guaranteeId, textSha256, caseId } = about;
  const channel = partyKey === null ? 'letter' : 'message';
  const who = { channel, party, guarantorId: guaranteeId ?? undefined, madeBy: 'lender', triedBy: 'post-loan-monitoring' } as const;
  await logContact(tx, { applicationId, loanId, caseId, contactId: dispatchId, ...who, block, contentSha256: textSha256, triedAt: now });
}

/**
 * Asks whether a matter may be told now: in time, while what it tells of is still so, where it is a message by day, and where it is about arrears as often as a
 * day allows (M-CO-02, M-CO-03). It is counted and written down once, before it is told for the first time.
 */
export async function guardDispatch(tx: EventTransaction, dispatch: Dispatch, now: Date): Promise<SendVerdict> {
  const { dispatchId, tenantId, policyVersion, partyKey, sendUntil, sends } = dispatch;
  if (sendUntil !== null && now > sendUntil) return { kind: 'drop', reasonCode: 'NOTICE_TOO_LATE' };
  if (!(await tx.query(HAS_CAUSE, [dispatchId])).rowCount) return { kind: 'drop', reasonCode: 'NOTICE_WITHOUT_CAUSE' };
  const rules = rulesOn(policyVersion, businessDate(now)).collection;
  if (partyKey !== null) {
    const isNight = judgeContact({ channel: 'message', isPartyKnown: true, at: now }, rules) !== null;
    if (isNight) return { kind: 'wait', until: nextHour(now, rules.contactFromHour) };
    const isAllowed = sends > 0 || !isOfArrears(dispatch) || (await countContact(tx, tenantId, partyKey, businessDate(now), rules.contactsPerDay));
    if (!isAllowed) await log(tx, dispatch, now, 'DAILY_LIMIT');
    if (!isAllowed) return { kind: 'drop', reasonCode: 'NOTICE_DAILY_LIMIT' };
  }
  if (sends === 0) await log(tx, dispatch, now, null);
  return { kind: 'send' };
}
