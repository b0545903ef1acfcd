import { formatMinor } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import type { Policy } from '@millrace/policy';
import type { Guarantee } from '../guarantee/guarantees.js';
import type { LetterDraft } from '../letter/write-letter.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { totalOf } from '../projection/due-totals.js';

/** What binds notices on a day. */
export type NoticeRules = Pick<Policy, 'collection' | 'creditReport'>;

/** A notice that a day asks for. */
export interface DayNotice {
  readonly letter: LetterDraft;
  readonly channel: 'message' | 'letter';
  /** Due date whose arrears, or whose coming, it tells of. */
  readonly dueOn: IsoDate;
}

/** A day as notices see it. */
export interface NoticeDay {
  /** The business date that is closed. */
  readonly day: IsoDate;
  /** The one on which the notices go out: the next, or today where the close is late. */
  readonly sentOn: IsoDate;
  /** Messages of the day can still come in time; letters always do. */
  readonly isInTime: boolean;
}

/** Index of C4 among the stages, the first on which letters are written (M-CO-01). */
const LETTER_STAGE = 3;

const yuan = (minor: bigint): string => formatMinor(minor);

/** What a loan that is not late is reminded of on the day after a close (M-CO-05). */
function reminderOf(account: LoanAccount, dueOn: IsoDate, { sentOn, isInTime }: NoticeDay, { collection }: NoticeRules): DayNotice[] {
  const isItsDay = isInTime && collection.remindDaysBefore.some((days) => addDays(sentOn, days) === dueOn);
  const dueMinor = isItsDay ? totalOf(playAccount(account).duesOn(dueOn)).totalMinor : 0n;
  if (dueMinor === 0n) return [];
  const { contractId, loanId } = account;
  const values = { contractId, loanId, dueOn, dueYuan: yuan(dueMinor) };
  return [{ letter: { kind: 'due_reminder', about: `${dueOn} on ${sentOn}`, values, writtenOn: sentOn }, channel: 'message', dueOn }];
}

/** What is written about arrears that have reached a day past due on which something is written (M-CO-01, M-CB-01). */
function arrearsOf(
  account: LoanAccount,
  dueOn: IsoDate,
  { day, sentOn, isInTime }: NoticeDay,
  rules: NoticeRules,
  guarantees: readonly Guarantee[],
): DayNotice[] {
  const loan = playAccount(account);
  const dpdAtClose = loan.daysPastDue(day);
  const { stageFromDpd } = rules.collection;
  const { preNoticeFromDpd, noticeLeadDays, disputeDays } = rules.creditReport;
  const { contractId, loanId, outstandingPrincipalMinor } = account;
  const arrearsYuan = yuan(totalOf(loan.duesOn(sentOn)).totalMinor);
  const values = { contractId, loanId, writtenOn: sentOn, dueOn, dpd: String(loan.daysPastDue(sentOn)), arrearsYuan };
  const base = { about: dueOn, writtenOn: sentOn };
  const notices: DayNotice[] = [];
  if (dpdAtClose === stageFromDpd[0] && isInTime) notices.push({ letter: { kind: 'late_message', ...base, values }, channel: 'message', dueOn });
  if (dpdAtClose === preNoticeFromDpd) {
    const more = { reportFrom: addDays(sentOn, noticeLeadDays), disputeDays: String(disputeDays) };
    notices.push({ letter: { kind: 'bureau_pre_notice', ...base, values: { ...values, ...more } }, channel: 'letter', dueOn });
  }
  if (dpdAtClose === stageFromDpd[LETTER_STAGE]) {
    const demand = { ...values, outstandingYuan: yuan(outstandingPrincipalMinor) };
    notices.push({ letter: { kind: 'demand_letter', ...base, values: demand }, channel: 'letter', dueOn });
    for (const { guaranteeId, limitMinor, lapsesOn } of guarantees) {
      const told = { ...values, guaranteeId, limitYuan: yuan(BigInt(limitMinor)), lapsesOn };
      notices.push({ letter: { kind: 'guarantor_notice', ...base, about: `${dueOn} ${guaranteeId}`, guaranteeId, values: told }, channel: 'letter', dueOn });
    }
  }
  return notices;
}

/** What the borrower and the guarantors of a loan are told on the day after a close; nothing on most days of most loans. */
export function noticesOfDay(account: LoanAccount, dueOn: IsoDate, day: NoticeDay, rules: NoticeRules, guarantees: readonly Guarantee[]): DayNotice[] {
  return dueOn >= day.sentOn ? reminderOf(account, dueOn, day, rules) : arrearsOf(account, dueOn, day, rules, guarantees);
}

/** Due dates of the loans that a day can ask a notice for: those that are coming, and those whose arrears reach a day on which something is written. */
export function daysOfNotices({ collection, creditReport }: NoticeRules): { readonly before: readonly number[]; readonly past: readonly number[] } {
  const { stageFromDpd, remindDaysBefore } = collection;
  return { before: remindDaysBefore, past: [stageFromDpd[0]!, creditReport.preNoticeFromDpd, stageFromDpd[LETTER_STAGE]!] };
}
