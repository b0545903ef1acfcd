import type { LoanStatus } from '@millrace/contracts';
import { percentOfBps, type IsoDate } from '@millrace/finance';
import { businessDayFrom, policyOf } from '@millrace/policy';
import { standingMovements, type LoanContract, type ValuedMovement } from '../projection/loan-case.js';
import { lastPaidOn, lateUntilOf, paidOf, type PaperDue } from '../projection/paper-due.js';
import { PaperLoan } from '../projection/paper-loan.js';
import { changedSchedule, isLaidOutOtherwise } from './changed-schedule.js';
import type { BookedMovement, Instalment, LoanAccount, TermsChange } from './loan-account.js';
import { factsOfMisuse } from './misuse.js';
import { LOAN_PROCESS, type LoanTrigger } from './loan-process.js';

/** What a contract says that has none of the later clauses: no penalty, no grace, no fee, and broken periods in thirtieths of a month. */
const CONTRACT_OF_BEFORE: LoanContract = {
  prepaymentInterest: 'to_the_day',
  prepaymentEffect: 'shorter_term',
  penaltyUpliftBps: 0,
  graceDays: 0,
  compound: false,
  prepaymentFeeBps: 0,
  rollsForward: false,
  brokenPeriods: 'thirtieths',
};

function contractOf(clauses: LoanAccount['clauses']): LoanContract {
  if (!clauses) return CONTRACT_OF_BEFORE;
  const { holidayCalendar, ...bound } = clauses;
  return { ...bound, rollsForward: holidayCalendar !== null, brokenPeriods: 'actual_days' };
}

export type PlayableAccount = Pick<
  LoanAccount,
  | 'clauses'
  | 'principalMinor'
  | 'rateBps'
  | 'tenorMonths'
  | 'repaymentMethod'
  | 'dayCount'
  | 'disbursedOn'
  | 'policyVersion'
  | 'movements'
  | 'changes'
  | 'misuses'
  | 'valuedOn'
  | 'acceleratedOn'
  | 'returnedOn'
  | 'transferredOn'
>;

export function movementOf({ repaymentId: id, valueOn, amountMinor, prepaymentEffect: effect, isRenewal }: BookedMovement): ValuedMovement {
  if (isRenewal) return { id, kind: 'renewal', valueOn, amountMinor };
  return effect ? { id, kind: 'prepayment', valueOn, amountMinor, effect } : { id, kind: 'repayment', valueOn, amountMinor };
}

function changeOf({ changeId: id, kind, valueOn, dueDates, rateBps }: TermsChange): ValuedMovement {
  if (kind === 'extension') return { id, kind, valueOn, dueDates: dueDates!, isAgreed: true };
  const ratePercent = rateBps === null ? undefined : String(percentOfBps(rateBps));
  if (kind === 'rate_change') return { id, kind, valueOn, ratePercent: ratePercent! };
  return { id, kind, valueOn, dueDates: dueDates ?? undefined, ratePercent, isAgreed: true };
}

/** The loan on the day of its disbursement, before any of its money. */
export function openedLoan(account: PlayableAccount): PaperLoan {
  return new PaperLoan({
    terms: {
      method: account.repaymentMethod,
      principalMinor: account.principalMinor,
      annualRatePercent: percentOfBps(account.rateBps),
      instalments: account.tenorMonths,
      disbursedOn: account.disbursedOn,
      dayCount: account.dayCount,
    },
    contract: account.returnedOn === null ? contractOf(account.clauses) : CONTRACT_OF_BEFORE,
    movements: [],
    facts: factsOfMisuse(account.misuses),
    principalFirstOverDpd: policyOf(account.policyVersion).repayment.principalFirstOverDpd,
    businessDayFrom,
  });
}

/** Something that happens to a loan on a day. */
interface LoanStep {
  readonly valueOn: IsoDate;
  readonly isMoney: boolean;
  readonly take: (loan: PaperLoan) => void;
}

/** A payout that comes back undoes itself: to the borrower it is as if the whole had been given back on the day on which it was paid, without interest or a fee. */
function givenBack({ disbursedOn: valueOn, principalMinor: amountMinor }: Pick<LoanAccount, 'disbursedOn' | 'principalMinor'>): LoanStep[] {
  return [{ valueOn, isMoney: true, take: (loan) => loan.take({ id: 'payout-returned', kind: 'repayment', valueOn, amountMinor }) }];
}

/** The claim was sold, after everything else that is known of the loan: nothing becomes known of it to its lender later. */
function soldOn(on: IsoDate): LoanStep {
  const take = (loan: PaperLoan): void => {
    loan.advance(on);
    loan.sellClaim(on);
  };
  return { valueOn: on, isMoney: false, take };
}

/**
 * What happens to a loan, in the order of value dates: its money that counts, terms that were agreed later, and that all of it is called in, which comes
 * before the money of its day and after its terms: a loan that was called in gets no other terms.
 */
export function stepsOf(
  account: Pick<PlayableAccount, 'movements' | 'changes' | 'acceleratedOn' | 'returnedOn' | 'transferredOn' | 'disbursedOn' | 'principalMinor'>,
): LoanStep[] {
  const { movements, changes, acceleratedOn, transferredOn } = account;
  if (account.returnedOn !== null) return givenBack(account);
  if (transferredOn !== null) return [...stepsOf({ ...account, transferredOn: null }), soldOn(transferredOn)];
  const known = standingMovements([...movements.map(movementOf), ...changes.map(changeOf)]);
  const isMoney = ({ kind }: ValuedMovement): boolean => kind === 'repayment' || kind === 'prepayment' || kind === 'renewal';
  const steps = known.map((movement): LoanStep => ({ valueOn: movement.valueOn, isMoney: isMoney(movement), take: (loan) => loan.take(movement) }));
  if (acceleratedOn === null) return steps;
  const isBefore = ({ valueOn, isMoney }: LoanStep): boolean => valueOn < acceleratedOn || (valueOn === acceleratedOn && !isMoney);
  return [
    ...steps.filter(isBefore),
    { valueOn: acceleratedOn, isMoney: false, take: (loan) => loan.callIn(acceleratedOn) },
    ...steps.filter((step) => !isBefore(step)),
  ];
}

/**
 * Plays a loan by its contract and what has happened to it, in the order of the value dates, whatever order it became known in; then held money pays what
 * has fallen due by `through`, each due on its own day.
 */
export function playAccount(account: PlayableAccount, through: IsoDate = account.valuedOn): PaperLoan {
  const loan = openedLoan(account);
  for (const step of stepsOf(account)) step.take(loan);
  loan.advance(through);
  return loan;
}

/** What lateness has cost by a day and is not paid, penalty and compound interest together. */
export function lateChargesOf(account: PlayableAccount, on: IsoDate): bigint {
  const { penaltyMinor, compoundMinor } = playAccount(account).lateChargesOn(on);
  return penaltyMinor + compoundMinor;
}

/** The account as a played loan leaves it. Interest of the days after an early end is not owed (G-PR-10): what the schedule asked for beyond it is waived. */
export function accountAfter(account: LoanAccount, loan: PaperLoan): LoanAccount {
  const isChanged = account.changes.length > 0 || isLaidOutOtherwise(account, loan);
  const instalments = isChanged ? changedSchedule(account, loan) : account.instalments.map((row, index) => playedRow(row, loan.dues[index]!));
  const valuedOn = loan.postings.reduce(
    (latest, posting) => (posting.valueOn > latest ? posting.valueOn : latest),
    [account.returnedOn, account.writtenOffOn, account.acceleratedOn, account.transferredOn].reduce(laterOf) ?? account.disbursedOn,
  );
  const owesNothing = loan.payoffOn(valuedOn) === 0n;
  return {
    ...account,
    instalments,
    ...(isChanged ? termsAfter(instalments, account) : {}),
    valuedOn,
    outstandingPrincipalMinor: loan.principalMinor,
    heldMinor: loan.heldMinor,
    lateUntil: lateUntilOf(loan.dues) ?? null,
    status: statusAfter(account, owesNothing),
    settledOn: owesNothing && account.transferredOn === null ? (lastPaidOn(loan.dues) ?? null) : null,
  };
}

/** What a movement of money is to the loan: its undoing where the payout came back, its end for the lender where the claim was sold, its end where nothing is owed, and else that it goes on where it had stood before its end. */
export function triggerOfMoney(
  { writtenOffOn, acceleratedOn, returnedOn, transferredOn }: Pick<LoanAccount, 'writtenOffOn' | 'acceleratedOn' | 'returnedOn' | 'transferredOn'>,
  owesNothing: boolean,
): LoanTrigger {
  if (returnedOn !== null) return 'PayoutReturned';
  if (transferredOn !== null) return 'ClaimTransferred';
  if (owesNothing) return 'PaidOff';
  if (writtenOffOn !== null) return 'RecoveryTakenBack';
  return acceleratedOn === null ? 'MoneyTakenBack' : 'CalledInTakenBack';
}

const laterOf = (one: IsoDate | null, other: IsoDate | null): IsoDate | null => (one === null || (other !== null && other > one) ? other : one);

/** What of the terms follows from a schedule that was changed; the usual instalment is that of the first due after the last change. */
function termsAfter(
  instalments: readonly Instalment[],
  { changes, movements, disbursedOn }: Pick<LoanAccount, 'changes' | 'movements' | 'disbursedOn'>,
): Pick<LoanAccount, 'maturesOn' | 'instalmentMinor' | 'totalInterestMinor'> {
  const latest = (all: readonly { readonly valueOn: IsoDate }[]): IsoDate => all.reduce((day, { valueOn }) => (valueOn > day ? valueOn : day), disbursedOn);
  const agreedOn = latest(changes.filter(({ kind }) => kind !== 'rate_change'));
  const brokenOn = latest([...changes.filter(({ kind }) => kind === 'rate_change'), ...movements.filter(({ prepaymentEffect }) => prepaymentEffect)]);
  // Rows at whose dates nothing is left to pay stay in the schedule, and ask for nothing.
  const asking = instalments.filter(({ principalMinor, interestMinor }) => principalMinor + interestMinor > 0n);
  const rest = asking.filter(({ dueOn }) => dueOn > agreedOn && dueOn > brokenOn);
  // The period that a rate or a prepayment breaks has what came before. A loan that was paid off before the change has no due after it.
  const next = (brokenOn > agreedOn ? rest[1] : undefined) ?? rest[0] ?? asking.at(-1)!;
  return {
    maturesOn: asking.at(-1)!.dueOn,
    instalmentMinor: next.principalMinor + next.interestMinor,
    totalInterestMinor: instalments.reduce((total, { interestMinor }) => total + interestMinor, 0n),
  };
}

/** Whether the loan goes on is said by its process: it ends when nothing is owed, and goes on again where the bank took money back. */
function statusAfter(account: LoanAccount, owesNothing: boolean): LoanStatus {
  const { status } = account;
  const verdict = LOAN_PROCESS.consult(status, triggerOfMoney(account, owesNothing));
  return verdict.kind === 'row' ? verdict.row.next : status;
}

function playedRow(row: Instalment, due: PaperDue): Instalment {
  const paid = { paidPrincipalMinor: paidOf(due, 'principalMinor'), paidInterestMinor: paidOf(due, 'interestMinor') };
  const waivedInterestMinor = row.interestMinor - due.interestMinor;
  const isSame =
    paid.paidPrincipalMinor === row.paidPrincipalMinor && paid.paidInterestMinor === row.paidInterestMinor && waivedInterestMinor === row.waivedInterestMinor;
  return isSame ? row : { ...row, ...paid, waivedInterestMinor };
}
