import { formatMinor } from '@millrace/contracts';
import type { LetterKind } from '@millrace/contracts/api';
import { addDays, type IsoDate } from '@millrace/finance';
import type { Policy } from '@millrace/policy';
import type { Guarantee } from '../guarantee/guarantees.js';
import type { LetterDraft } from '../letter/write-letter.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { totalOf } from '../projection/due-totals.js';
import { aboutNextTry, type SpellLetters } from './spell-letters.js';

/** What binds notices of loans of a licence on a day. */
export type NoticeRules = Pick<Policy, 'lenderType' | 'collection' | 'creditReport'>;

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

/** What is written about arrears of a loan, and from which day past due on. */
export interface ArrearsNotice {
  readonly kind: Extract<LetterKind, 'late_message' | 'demand_letter' | 'guarantor_notice' | 'bureau_pre_notice'>;
  readonly fromDpd: number;
  /** Day past due from which on it is not written any more; null where it is written however late. */
  readonly beforeDpd: number | null;
}

/** Index of C2 among the stages, the first on which people call instead of a message (M-CO-01). */
const CALL_STAGE = 1;
/** Index of C4 among the stages, the first on which letters are written (M-CO-01). */
const LETTER_STAGE = 3;

const yuan = (minor: bigint): string => formatMinor(minor);

/** What is written about arrears by the rules of a licence (M-CO-01, M-CB-01). */
export function arrearsNotices({ collection: { stageFromDpd }, creditReport: { preNoticeFromDpd } }: NoticeRules): readonly ArrearsNotice[] {
  const lettersFromDpd = stageFromDpd[LETTER_STAGE]!;
  return [
    { kind: 'late_message', fromDpd: stageFromDpd[0]!, beforeDpd: stageFromDpd[CALL_STAGE]! },
    { kind: 'bureau_pre_notice', fromDpd: preNoticeFromDpd, beforeDpd: null },
    { kind: 'demand_letter', fromDpd: lettersFromDpd, beforeDpd: null },
    { kind: 'guarantor_notice', fromDpd: lettersFromDpd, beforeDpd: null },
  ];
}

/** What a loan that is not late is reminded of on the day after a close (M-CO-05): what is left of the due once the money held on the loan has paid its part. */
function reminderOf(account: LoanAccount, dueOn: IsoDate, { sentOn, isInTime }: NoticeDay, { collection }: NoticeRules): DayNotice[] {
  const isItsDay = isInTime && collection.remindDaysBefore.some((days) => addDays(sentOn, days) === dueOn);
  const dueMinor = isItsDay ? totalOf(playAccount(account, dueOn).duesOn(dueOn)).totalMinor : 0n;
  if (dueMinor === 0n) return [];
  const { contractId, loanId } = account;
  const values = { contractId, loanId, dueOn, dueYuan: yuan(dueMinor) };
  return [{ letter: { kind: 'due_reminder', about: `${dueOn} on ${sentOn}`, values, writtenOn: sentOn }, channel: 'message', dueOn }];
}

/** What is written about arrears that have reached a day past due from which on it is written, and of which no letter is on its way or delivered (M-CO-01, M-CB-01). */
function arrearsOf(
  account: LoanAccount,
  dueOn: IsoDate,
  { day, sentOn, isInTime }: NoticeDay,
  rules: NoticeRules,
  guarantees: readonly Guarantee[],
  spell: SpellLetters,
): DayNotice[] {
  const loan = playAccount(account);
  const dpdAtClose = loan.daysPastDue(day);
  const { noticeLeadDays, disputeDays } = rules.creditReport;
  const { contractId, loanId, outstandingPrincipalMinor } = account;
  const arrearsYuan = yuan(totalOf(loan.duesOn(sentOn)).totalMinor);
  const values = { contractId, loanId, writtenOn: sentOn, dueOn, dpd: String(loan.daysPastDue(sentOn)), arrearsYuan };
  const draft = (kind: ArrearsNotice['kind'], about: string, guarantee?: Guarantee): LetterDraft => {
    const base = { about, writtenOn: sentOn };
    if (kind === 'late_message') return { kind, ...base, values };
    if (kind === 'demand_letter') return { kind, ...base, values: { ...values, outstandingYuan: yuan(outstandingPrincipalMinor) } };
    if (kind === 'bureau_pre_notice')
      return { kind, ...base, values: { ...values, reportFrom: addDays(sentOn, noticeLeadDays), disputeDays: String(disputeDays) } };
    const { guaranteeId, limitMinor, lapsesOn } = guarantee!;
    return { kind, ...base, guaranteeId, values: { ...values, guaranteeId, limitYuan: yuan(BigInt(limitMinor)), lapsesOn } };
  };
  const isReached = ({ fromDpd, beforeDpd }: ArrearsNotice): boolean => dpdAtClose >= fromDpd && (beforeDpd === null || dpdAtClose < beforeDpd);
  const reached = arrearsNotices(rules).filter((notice) => isReached(notice) && (notice.kind !== 'late_message' || isInTime));
  return reached.flatMap(({ kind }) =>
    (kind === 'guarantor_notice' ? guarantees : [undefined]).flatMap((guarantee): DayNotice[] => {
      const about = aboutNextTry(spell, kind, guarantee?.guaranteeId);
      const channel = kind === 'late_message' ? 'message' : 'letter';
      return about === undefined ? [] : [{ letter: draft(kind, about, guarantee), channel, dueOn }];
    }),
  );
}

/** What the borrower and the guarantors of a loan are told on the day after a close; nothing on most days of most loans. */
export function noticesOfDay(
  account: LoanAccount,
  dueOn: IsoDate,
  day: NoticeDay,
  rules: NoticeRules,
  guarantees: readonly Guarantee[],
  spell: SpellLetters,
): DayNotice[] {
  return dueOn >= day.sentOn ? reminderOf(account, dueOn, day, rules) : arrearsOf(account, dueOn, day, rules, guarantees, spell);
}
