import { businessDate, businessInstant, newId } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { debtorKey, guarantorKey } from '../collection-case/log-contact.js';
import { planDispatches, type DispatchDraft } from '../dispatch/plan-dispatch.js';
import { liveGuarantees } from '../guarantee/guarantees.js';
import { writeLetters, type WrittenLetter } from '../letter/write-letter.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { readAccountsById } from '../loan/read-account.js';
import { FIRST_PLACE, nextDueLoans, type DueLoan } from './due-loans.js';
import { noticesOfDay, type DayNotice, type NoticeDay, type NoticeRules } from './notice-of-day.js';
import { readSpellLetters } from './spell-letters.js';

/** Loans of one transaction. */
const LOANS_OF_BATCH = 200;

const OPEN = `insert into notice_day (tenant_id, day, after_loan) values ($1, $2, '${FIRST_PLACE.afterLoan}') on conflict do nothing`;
const TAKE = `
select after_due_on::text as "afterDueOn", after_loan as "afterLoan" from notice_day where tenant_id = $1 and day = $2 and done_at is null for update skip locked`;
const LEFT = 'select 1 from notice_day where tenant_id = $1 and day = $2 and done_at is null';
const GO_ON = 'update notice_day set after_due_on = $3, after_loan = $4, planned = planned + $5, done_at = $6 where tenant_id = $1 and day = $2';

/** What has become of one look. */
export type NoticeOutcome =
  { readonly kind: 'worked'; readonly loans: number; readonly changed: number } | { readonly kind: 'wait' } | { readonly kind: 'done' };

const rulesFor = ({ policyVersion }: LoanAccount, on: IsoDate): NoticeRules => policyInForce(policyOf(policyVersion).lenderType, on);

/** The notices of a day go out on the next. Messages of a day that was missed are not made any more, as they would come late; letters are (M-CO-05). */
function noticeDay(day: IsoDate, now: Date, untilHour: number): NoticeDay {
  const [next, today] = [addDays(day, 1), businessDate(now)];
  return { day, sentOn: today > next ? today : next, isInTime: now < businessInstant(next, untilHour) };
}

/** A notice of a loan, with what it is sent by. */
interface LoanNotice {
  readonly account: LoanAccount;
  readonly notice: DayNotice;
  readonly addresseeRef: string;
  readonly rules: NoticeRules;
}

function dispatchOf({ account, notice, addresseeRef, rules }: LoanNotice, { letterId, text, textSha256 }: WrittenLetter, now: Date): DispatchDraft {
  const { loanId, tenantId, applicationId, policyVersion } = account;
  const { letter, channel, dueOn } = notice;
  const { contactFromHour, contactUntilHour } = rules.collection;
  const morning = businessInstant(letter.writtenOn, contactFromHour);
  const isMessage = channel === 'message';
  return {
    ...{ dispatchId: newId(), tenantId, applicationId, loanId, policyVersion, letterId, party: 'notice' },
    content: { lender: tenantId, loanId, channel, addresseeRef, kind: letter.kind, language: 'zh-CN', text, textSha256 },
    partyKey: isMessage ? addresseeRef : null,
    sendFrom: morning > now ? morning : now,
    sendUntil: isMessage ? businessInstant(letter.writtenOn, contactUntilHour) : null,
    whileDueOn: dueOn,
  };
}

/** Writes the letters of a batch and plans that they are sent, each by one statement however many loans there are; answers how many are new. */
async function planLoans(tx: EventTransaction, loans: readonly DueLoan[], day: IsoDate, now: Date): Promise<number> {
  const ids = loans.map(({ loanId }) => loanId);
  const accounts = await readAccountsById(tx, ids);
  const spells = await readSpellLetters(tx, ids);
  const live = await liveGuarantees(
    tx,
    loans.filter(({ dueOn }) => dueOn < day).map(({ loanId }) => loanId),
  );
  const notices = loans.flatMap(({ loanId, dueOn, uscc }): LoanNotice[] => {
    const account = accounts.get(loanId)!;
    const rules = rulesFor(account, addDays(day, 1));
    const guarantees = live.get(loanId) ?? [];
    const asked = noticesOfDay(account, dueOn, noticeDay(day, now, rules.collection.contactUntilHour), rules, guarantees, spells.get(loanId)!);
    return asked.map((notice) => {
      const guarantee = guarantees.find(({ guaranteeId }) => guaranteeId === notice.letter.guaranteeId);
      return { account, notice, rules, addresseeRef: guarantee === undefined ? debtorKey(uscc) : guarantorKey(guarantee.guarantorRef) };
    });
  });
  if (notices.length === 0) return 0;
  const letters = await writeLetters(
    tx,
    notices.map(({ account, notice }) => ({ loan: account, draft: notice.letter })),
    now,
  );
  const dispatches = notices.flatMap((notice, at) => (letters[at]!.isNew ? [dispatchOf(notice, letters[at]!, now)] : []));
  await planDispatches(tx, dispatches, now);
  return dispatches.length;
}

/**
 * Plans the notices that the end of a day asks for, one batch of loans in one transaction: finds them by their oldest unpaid due date and what was written about
 * their arrears. Killed and taken again it goes on where it was, and a letter that is written is planned once.
 * @param rules of every licence, as an installation may have loans of several
 */
export async function planNoticesOfDay(tx: EventTransaction, tenantId: string, day: IsoDate, rules: readonly NoticeRules[], now: Date): Promise<NoticeOutcome> {
  // A transaction of its own, so that another instance waits for the beginning and not for a whole batch.
  if ((await tx.query(OPEN, [tenantId, day])).rowCount) return { kind: 'worked', loans: 0, changed: 0 };
  const [row] = (await tx.query<{ afterDueOn: IsoDate | null; afterLoan: string }>(TAKE, [tenantId, day])).rows;
  if (!row) return (await tx.query(LEFT, [tenantId, day])).rowCount ? { kind: 'wait' } : { kind: 'done' };
  const place = row.afterDueOn === null ? FIRST_PLACE : { afterDueOn: row.afterDueOn, afterLoan: row.afterLoan };
  const loans = await nextDueLoans(tx, tenantId, day, rules, place, LOANS_OF_BATCH);
  const planned = loans.length === 0 ? 0 : await planLoans(tx, loans, day, now);
  const isDone = loans.length < LOANS_OF_BATCH;
  const last = loans.at(-1);
  await tx.query(GO_ON, [tenantId, day, last?.dueOn ?? row.afterDueOn, last?.loanId ?? row.afterLoan, planned, isDone ? now : null]);
  return isDone ? { kind: 'done' } : { kind: 'worked', loans: loans.length, changed: planned };
}
