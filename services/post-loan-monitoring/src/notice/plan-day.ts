import { businessDate, businessInstant, newId } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { debtorKey, guarantorKey } from '../collection-case/log-contact.js';
import { planDispatches } from '../dispatch/plan-dispatch.js';
import { guarantorOf, liveGuarantees } from '../guarantee/guarantees.js';
import { writeLetter } from '../letter/write-letter.js';
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

async function plan(tx: EventTransaction, account: LoanAccount, uscc: string, notice: DayNotice, rules: NoticeRules, now: Date): Promise<boolean> {
  const { letter, channel, dueOn } = notice;
  const { loanId, tenantId, applicationId, policyVersion } = account;
  const guarantor = letter.guaranteeId === undefined ? undefined : await guarantorOf(tx, loanId, letter.guaranteeId);
  // The guarantee has ended meanwhile: what it asks for is nobody else's to read.
  if (letter.guaranteeId !== undefined && guarantor === undefined) return false;
  const { letterId, isNew, text, textSha256 } = await writeLetter(tx, account, letter, now);
  if (!isNew) return false;
  const addresseeRef = guarantor === undefined ? debtorKey(uscc) : guarantorKey(guarantor);
  const content = { lender: tenantId, loanId, channel, addresseeRef, kind: letter.kind, language: 'zh-CN', text, textSha256 };
  const { contactFromHour, contactUntilHour } = rules.collection;
  const morning = businessInstant(letter.writtenOn, contactFromHour);
  const isMessage = channel === 'message';
  const whose = { dispatchId: newId(), tenantId, applicationId, loanId, policyVersion, letterId };
  const when = {
    sendFrom: morning > now ? morning : now,
    sendUntil: isMessage ? businessInstant(letter.writtenOn, contactUntilHour) : null,
    whileDueOn: dueOn,
  };
  await planDispatches(tx, [{ ...whose, party: 'notice', content, partyKey: isMessage ? addresseeRef : null, ...when }], now);
  return true;
}

async function planLoans(tx: EventTransaction, loans: readonly DueLoan[], day: IsoDate, now: Date): Promise<number> {
  const ids = loans.map(({ loanId }) => loanId);
  const accounts = await readAccountsById(tx, ids);
  const spells = await readSpellLetters(tx, ids);
  let planned = 0;
  for (const { loanId, dueOn, uscc } of loans) {
    const account = accounts.get(loanId)!;
    const rules = rulesFor(account, addDays(day, 1));
    const guarantees = dueOn < day ? await liveGuarantees(tx, loanId) : [];
    const notices = noticesOfDay(account, dueOn, noticeDay(day, now, rules.collection.contactUntilHour), rules, guarantees, spells.get(loanId)!);
    for (const notice of notices) if (await plan(tx, account, uscc, notice, rules, now)) planned += 1;
  }
  return planned;
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
