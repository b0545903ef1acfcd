import type { PrepaymentEffect } from '@millrace/contracts';
import { allocateRepayment, buildSchedule, periodsOf, daysBetween, type AllocationLine, type IsoDate, type OpenDue } from '@millrace/finance';
import type { PaperPosting, Posting } from '../ledger/posting.js';
import { feeOn, lessPaid, orderOf, prepaidBy, sumOfCharges, totalOf, withFee, withPaid } from './due-totals.js';
import { bearOnRest, duesOf, keptBy, layOutAnew, type RestChange } from './lay-out-dues.js';
import { dayRuleOf, ImpossibleMovementError, type DayRule, type LoanCase, type ValuedMovement } from './loan-case.js';
import { MisusedMoney } from './misused-money.js';
import { restructureDues } from './restructure-dues.js';
import {
  calledIn,
  earnedInterest,
  endedDue,
  isUnpaid,
  lateCharges,
  paidOf,
  unpaidEarned,
  unpaidInterestOf,
  unpaidPrincipalOf,
  type DatedRate,
  type LateCharges,
  type PaperDue,
} from './paper-due.js';

/** A loan played on paper, day after day, by the functions that the books use. */
export class PaperLoan {
  dues: readonly PaperDue[];
  /** Money of the borrower that nothing is due for. */
  heldMinor = 0n;
  readonly postings: PaperPosting[] = [];
  /** The oldest first. */
  #rates: readonly DatedRate[];
  /** Instalment, or share of principal, that a shorter term keeps. */
  #keptMinor: bigint | undefined;
  readonly #days: DayRule;
  readonly #misused: MisusedMoney | undefined;
  /** Movement that is being taken. */
  #movementId: string | null = null;

  constructor(private readonly given: LoanCase) {
    const { terms } = given;
    const schedule = buildSchedule(terms);
    this.#days = dayRuleOf(given);
    this.#misused = MisusedMoney.of(given, this.#days);
    this.#rates = [{ from: terms.disbursedOn, ratePercent: String(terms.annualRatePercent) }];
    this.dues = duesOf(schedule.rows, {
      periods: periodsOf(terms),
      startsOn: terms.disbursedOn,
      principalMinor: terms.principalMinor,
      ratePercent: this.#ratePercent,
      firstNumber: 1,
      given,
    });
    this.#keptMinor = keptBy(terms.method, schedule.rows);
    this.postings.push({ kind: 'LOAN_BOOKED', valueOn: terms.disbursedOn, amountMinor: terms.principalMinor });
  }

  get #ratePercent(): string {
    return this.#rates.at(-1)!.ratePercent;
  }

  /** A loan of its own in the same state. */
  copy(): PaperLoan {
    const other = new PaperLoan(this.given);
    [other.dues, other.heldMinor] = [this.dues, this.heldMinor];
    other.postings.splice(0, other.postings.length, ...this.postings);
    [other.#rates, other.#keptMinor] = [this.#rates, this.#keptMinor];
    return other;
  }

  /** Takes a movement in on its value date; those before it must have been taken in already. New terms of a loan that has ended change nothing. */
  take(movement: ValuedMovement): void {
    const { valueOn, kind } = movement;
    if (valueOn < this.given.terms.disbursedOn) throw new ImpossibleMovementError(`${movement.id} is valued ${valueOn}, before the loan was paid out`);
    this.advance(valueOn);
    this.#movementId = movement.id;
    if ((kind === 'extension' || kind === 'restructuring' || kind === 'rate_change') && this.payoffOn(valueOn) === 0n) return;
    switch (kind) {
      case 'repayment':
        return this.#repay(valueOn, movement.amountMinor);
      case 'prepayment':
        return this.#prepay(valueOn, movement.amountMinor, movement.effect);
      case 'renewal':
        return this.#renew(valueOn, movement.amountMinor);
      case 'payoff':
        return this.#payOff(valueOn, movement.amountMinor ?? this.payoffOn(valueOn) - this.heldMinor);
      case 'drawing':
        this.postings.push({ kind: 'LOAN_BOOKED', valueOn, amountMinor: movement.amountMinor });
        return this.#layOutAnew(movement.id, valueOn, { drawnMinor: movement.amountMinor });
      case 'extension':
        return this.#extend(movement);
      case 'rate_change':
        return this.#changeRate(movement.id, valueOn, movement.ratePercent);
      case 'restructuring':
        return this.#restructure(movement);
    }
  }

  /** Lets held money pay what falls due up to and including a day, each due on its own date. */
  advance(through: IsoDate): void {
    if (this.heldMinor === 0n && !this.#misused) return;
    for (const due of this.dues.filter((one) => one.dueOn <= through && isUnpaid(one))) {
      this.#takeOffMisused(due);
      if (this.heldMinor > 0n) this.#spendHeld(due.dueOn, this.duesOn(due.dueOn));
    }
  }

  /** What is owed at the end of a day, with interest that is earned by it and no fee, as nothing is paid early: what the buyer of the claim gets. */
  claimOn(on: IsoDate): OpenDue[] {
    return this.dues.flatMap((due) => this.#asked(due, on).map((one) => ({ ...one, interestMinor: unpaidEarned(due, this.#earned(due, on)) })));
  }

  /** The claim is sold: from a day on nothing is owed to the lender. Nothing was paid, and so nothing is posted here. */
  sellClaim(on: IsoDate): void {
    const claim = this.claimOn(on);
    this.#allot(on, totalOf(claim).totalMinor, claim);
    this.dues = this.dues.map((due) => endedDue(due, on));
  }

  /** From a day on everything is due: principal, and the interest that is earned by it (G-EC-06). Money that is held pays it at once. */
  callIn(on: IsoDate): void {
    this.advance(on);
    const payableOn = this.given.contract.rollsForward ? this.given.businessDayFrom(on) : on;
    // What is earned by the day is without the interest of misused money already.
    const isWithoutMisused = this.#misused === undefined ? undefined : true;
    this.dues = this.dues.map((due) => (due.dueOn <= on ? due : { ...calledIn(due, { on, payableOn }, this.#earned(due, on)), isWithoutMisused }));
    if (this.heldMinor > 0n) this.#spendHeld(on, this.duesOn(on));
  }

  /** From its day on, a due asks for no contract interest of money that was misused in its period. */
  #takeOffMisused(due: PaperDue): void {
    if (!this.#misused?.touches(due, due.dueOn) || due.isWithoutMisused) return;
    const interestMinor = this.#earned(due, due.dueOn);
    const paidMinor = paidOf(due, 'interestMinor');
    const settled = { ...due, interestMinor: interestMinor > paidMinor ? interestMinor : paidMinor, isWithoutMisused: true };
    this.dues = this.dues.map((one) => (one.number === due.number ? settled : one));
  }

  /** Contract interest of a due that has been earned by a day, without that of misused money. */
  #earned(due: PaperDue, on: IsoDate): bigint {
    const earnedMinor = earnedInterest(due, on, this.#days);
    if (!this.#misused?.touches(due, on) || due.isWithoutMisused) return earnedMinor;
    const leftMinor = earnedMinor - this.#misused.replacedInterest(due, this.dues, on < due.dueOn ? on : due.dueOn);
    return leftMinor > 0n ? leftMinor : 0n;
  }

  /** Days since the due date of the oldest due that is unpaid and late; 0 where none is. */
  daysPastDue(on: IsoDate): number {
    const oldest = this.dues.find((due) => due.payableOn < on && isUnpaid(due));
    return oldest ? daysBetween(oldest.payableOn, on) : 0;
  }

  /** Dues that money of a day goes to: those whose day has come, with their charges for lateness. */
  duesOn(on: IsoDate): OpenDue[] {
    return this.dues.filter(({ dueOn }) => dueOn <= on).flatMap((due) => this.#asked(due, on));
  }

  /** What pays the loan off at the end of a day, with the fee for what was not due yet; money held is not taken off. */
  payoffOn(on: IsoDate): bigint {
    return totalOf(this.payoffDuesOn(on)).totalMinor;
  }

  /** Dues whose payment ends the loan on a day (G-PR-10). */
  payoffDuesOn(on: IsoDate): OpenDue[] {
    const notDueMinor = this.dues.filter(({ dueOn }) => dueOn > on).reduce((total, due) => total + unpaidPrincipalOf(due), 0n);
    const dues = this.dues.flatMap((due) => this.#asked(due, on));
    return withFee(dues, feeOn(notDueMinor, this.given.contract.prepaymentFeeBps));
  }

  /** Interest that is due, or has been earned by the day, and is not paid. That of a whole period that was asked for early is paid before it is earned. */
  interestOn(on: IsoDate): bigint {
    return this.dues.reduce((total, due) => total + unpaidEarned(due, this.#earned(due, on)), 0n);
  }

  /** Charges for lateness of all dues, that have come up and are not paid. */
  lateChargesOn(on: IsoDate): LateCharges {
    return sumOfCharges(this.dues.map((due) => this.#lateChargesOf(due, on)));
  }

  /** Principal that is not paid. */
  get principalMinor(): bigint {
    return this.dues.reduce((total, due) => total + unpaidPrincipalOf(due), 0n);
  }

  #repay(on: IsoDate, amountMinor: bigint): void {
    // What is less than the principal pays nothing off, and the interest to the day need not be counted for it.
    const wanted = this.heldMinor + amountMinor < this.principalMinor ? undefined : this.payoffOn(on);
    if (wanted !== undefined && wanted > 0n && this.heldMinor + amountMinor >= wanted) return this.#payOff(on, amountMinor);
    this.#spend('REPAYMENT', on, amountMinor, this.duesOn(on));
  }

  #payOff(on: IsoDate, amountMinor: bigint): void {
    if (this.heldMinor + amountMinor < this.payoffOn(on)) return void this.#spend('REPAYMENT', on, amountMinor, this.duesOn(on));
    const asked = this.payoffDuesOn(on);
    const held = this.#spendHeld(on, asked);
    // What is held has paid a part of the same dues; asked anew, the fee would come a second time.
    if (amountMinor > 0n) this.#spend('REPAYMENT', on, amountMinor, lessPaid(asked, held));
    this.dues = this.dues.map((due) => endedDue(due, on));
  }

  /** The loan that renews this one pays its principal on that day, whatever else is owed: only what is left of it bears interest from then on. */
  #renew(on: IsoDate, amountMinor: bigint): void {
    if (this.heldMinor + amountMinor >= this.payoffOn(on)) return this.#payOff(on, amountMinor);
    const principal = this.payoffDuesOn(on).map((due) => ({ ...due, feesMinor: 0n, penaltyMinor: 0n, interestMinor: 0n }));
    const paid = this.#spend('REPAYMENT', on, amountMinor, principal);
    this.#spendHeld(on, lessPaid(principal, paid));
    this.dues = bearOnRest(this.dues, { on, ratePercent: this.#ratePercent, days: this.#days });
  }

  /** Pays what is due first, then interest of the broken period, the fee, and principal that is not due yet; the rest of the loan is laid out anew. */
  #prepay(on: IsoDate, amountMinor: bigint, effect: PrepaymentEffect | undefined): void {
    if (this.heldMinor + amountMinor >= this.payoffOn(on)) return this.#payOff(on, amountMinor);
    const due = this.duesOn(on);
    const broken = this.dues.find(({ dueOn }) => dueOn > on);
    const current = broken ? [{ ...this.#openDue(broken, on, this.#lateChargesOf(broken, on)), principalMinor: 0n }] : [];
    const leftMinor = amountMinor - totalOf([...due, ...current]).totalMinor;
    if (!broken || leftMinor <= 0n) return void this.#spend('REPAYMENT', on, amountMinor, [...due, ...current]);
    const { principalMinor, feesMinor } = prepaidBy(leftMinor, this.given.contract.prepaymentFeeBps);
    this.#spend('REPAYMENT', on, amountMinor, [...due, { ...current[0]!, principalMinor, feesMinor }]);
    this.#layOutAnew('prepayment', on, { prepaidMinor: principalMinor, effect });
  }

  /** The new rate is that of what is not due yet, and of what is late from this day on. */
  #changeRate(id: string, on: IsoDate, ratePercent: string): void {
    this.#rates = [...this.#rates, { from: on, ratePercent }];
    if (this.#hasRest(on)) this.#layOutAnew(id, on, {});
  }

  #extend({ id, valueOn: on, dueDates, isAgreed }: Extract<ValuedMovement, { kind: 'extension' }>): void {
    if (isAgreed && !this.#hasRest(on)) return;
    this.#layOutAnew(id, on, { dueDates, isAgreed });
  }

  #restructure({ id, valueOn: on, dueDates, ratePercent = this.#ratePercent, isAgreed }: Extract<ValuedMovement, { kind: 'restructuring' }>): void {
    this.#rates = [...this.#rates, { from: on, ratePercent }];
    if (isAgreed && !dueDates && !this.#hasRest(on)) return;
    [this.dues, this.#keptMinor] = restructureDues(this.dues, { what: id, on, ratePercent, dueDates, isAgreed }, this.given);
  }

  #hasRest(on: IsoDate): boolean {
    return this.dues.some(({ dueOn }) => dueOn > on);
  }

  /** Interest that a prepayment asks for the period that it breaks. */
  #brokenInterest(due: PaperDue, on: IsoDate): bigint {
    const { prepaymentInterest } = this.given.contract;
    return unpaidEarned(due, this.#earned(due, prepaymentInterest === 'whole_period' && due.startsOn < on ? due.dueOn : on));
  }

  /** What a due asks for on a day; nothing where it is paid with its charges. */
  #asked(due: PaperDue, on: IsoDate): OpenDue[] {
    const charges = this.#lateChargesOf(due, on);
    return isUnpaid(due) || charges.penaltyMinor > 0n || charges.compoundMinor > 0n ? [this.#openDue(due, on, charges)] : [];
  }

  #lateChargesOf(due: PaperDue, on: IsoDate): LateCharges {
    const charges = lateCharges(due, on, this.given.contract, this.#rates, this.#days.dayCount);
    if (!this.#misused?.touches(due, on)) return charges;
    const penaltyMinor = this.#misused.penaltyOf(due, this.dues, on, this.#rates) - paidOf(due, 'penaltyMinor');
    return { ...charges, penaltyMinor: penaltyMinor > 0n ? penaltyMinor : 0n };
  }

  #openDue(due: PaperDue, on: IsoDate, { penaltyMinor, compoundMinor }: LateCharges): OpenDue {
    return {
      number: due.number,
      due: due.payableOn,
      feesMinor: 0n,
      penaltyMinor: penaltyMinor + compoundMinor,
      interestMinor: due.dueOn <= on ? unpaidInterestOf(due) : this.#brokenInterest(due, on),
      principalMinor: unpaidPrincipalOf(due),
    };
  }

  /** Spends what is held, as far as the dues ask for it; answers what it has paid. */
  #spendHeld(on: IsoDate, dues: readonly OpenDue[]): readonly AllocationLine[] {
    const { totalMinor } = totalOf(dues);
    const amountMinor = this.heldMinor < totalMinor ? this.heldMinor : totalMinor;
    return amountMinor > 0n ? this.#spend('HELD_CREDIT', on, amountMinor, dues) : [];
  }

  /** Spends an amount by the order of its day; answers what it has paid. */
  #spend(kind: Posting['kind'], on: IsoDate, amountMinor: bigint, dues: readonly OpenDue[]): readonly AllocationLine[] {
    const { lines, unallocatedMinor } = this.#allot(on, amountMinor, dues);
    this.heldMinor += kind === 'REPAYMENT' ? unallocatedMinor : -amountMinor;
    const movementId = kind === 'REPAYMENT' ? this.#movementId : null;
    this.postings.push({ kind, movementId, valueOn: on, amountMinor, lines, unallocatedMinor });
    return lines;
  }

  /** Puts an amount to what is owed, by the order of its day. */
  #allot(on: IsoDate, amountMinor: bigint, dues: readonly OpenDue[]): ReturnType<typeof allocateRepayment> {
    const allotted = allocateRepayment(amountMinor, dues, on, orderOf(this.daysPastDue(on), this.given.principalFirstOverDpd));
    this.dues = this.dues.map((due) => withPaid(due, on, allotted.lines, () => this.#lateChargesOf(due, on).penaltyMinor));
    return allotted;
  }

  /** Lays out what is not due yet anew from a day on: with principal more or less, at the rate of now, or on other dates. */
  #layOutAnew(what: string, on: IsoDate, change: Pick<RestChange, 'drawnMinor' | 'prepaidMinor' | 'effect' | 'dueDates' | 'isAgreed'>): void {
    [this.dues, this.#keptMinor] = layOutAnew(this.dues, { what, on, ratePercent: this.#ratePercent, keptMinor: this.#keptMinor, ...change }, this.given);
  }
}
