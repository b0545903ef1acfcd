import { LoanActivated, MoneyReceived, newId, type RepaymentMethod } from '@millrace/contracts';
import { LOAN, REVERSAL, SCHEDULE } from '@millrace/contracts/api';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { seededRandom } from '@millrace/metrics';
import { policyInForce } from '@millrace/policy';
import { BookService, staffOf, TENANT } from './book-service.js';
import { bouncedOn, drawHabit, planOf, type Habit, type Intent } from './borrower.js';
import { MadeUpBank } from './made-up-bank.js';

/** Size of a made-up book. */
export interface BookPlan {
  readonly seed: number;
  readonly loans: number;
  readonly months: number;
}

/** First business date of every made-up book. */
export const BOOK_BEGINS: IsoDate = '2026-03-01';

/** Months at the end in which nothing is lent, so that the youngest loans have had a due date or two. */
const QUIET_MONTHS = 2;
const PRODUCTS = ['invoice-loan', 'tax-loan'] as const;
const INDUSTRIES = ['C13', 'C34', 'E50', 'F51', 'F52', 'G54', 'H62', 'I65', 'L72', 'O81'] as const;
const TENORS = [6, 9, 12, 12, 12, 18] as const;
const METHODS: readonly RepaymentMethod[] = ['equal_instalment', 'equal_instalment', 'equal_instalment', 'equal_principal', 'interest_monthly'];
/** What the templates of contracts say besides the numbers of the policy. */
const CLAUSES = { compound: true, prepaymentInterest: 'to_the_day', prepaymentEffect: 'shorter_term', holidayCalendar: 'CN' } as const;
const STEP_MINOR = 1_000_000n;
const SUSPENSE_DAYS = 2;

/** What a day has in store. */
interface Deed {
  readonly what: 'book' | 'act' | 'bounce' | 'assign';
  readonly loanId: string;
  readonly intent?: Intent;
  readonly repaymentId?: string;
}

const pick = <T>(random: () => number, some: readonly T[]): T => some[Math.floor(random() * some.length)]!;
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Months of a book, day by day: what borrowers, the bank and the lender's people do, and the close of each day. */
export class BookRun {
  readonly bank = new MadeUpBank();
  readonly habits = new Map<string, Habit>();
  readonly #deeds = new Map<IsoDate, Deed[]>();
  readonly #loans = new Map<string, LoanActivated>();
  readonly #random: () => number;
  /** The last day that is closed. */
  readonly lastDay: IsoDate;

  constructor(
    private readonly plan: BookPlan,
    private readonly service: BookService,
  ) {
    this.#random = seededRandom(plan.seed);
    this.lastDay = addDays(addMonths(BOOK_BEGINS, plan.months), -1);
    this.#planBookings();
  }

  async run(progress: (day: IsoDate) => void): Promise<void> {
    for (let day = BOOK_BEGINS; day <= this.lastDay; day = addDays(day, 1)) {
      this.service.goTo(day, '10:00');
      for (const deed of this.#deeds.get(day) ?? []) await this.#do(deed, day);
      await this.service.tick();
      this.service.goTo(addDays(day, 1), '01:00');
      await this.service.close(day);
      progress(day);
    }
  }

  #plan(day: IsoDate, deed: Deed): void {
    this.#deeds.set(day, [...(this.#deeds.get(day) ?? []), deed]);
  }

  /** Loans of each month, evenly, each on a day of the month that every month has. */
  #planBookings(): void {
    const months = Math.max(1, this.plan.months - QUIET_MONTHS);
    for (let number = 0; number < this.plan.loans; number += 1) {
      const day = addDays(addMonths(BOOK_BEGINS, Math.floor((number * months) / this.plan.loans)), Math.floor(this.#random() * 27));
      const loanId = newId();
      this.habits.set(loanId, drawHabit(this.#random));
      this.#plan(day, { what: 'book', loanId });
    }
  }

  async #do({ what, loanId, intent, repaymentId }: Deed, day: IsoDate): Promise<void> {
    if (what === 'book') return this.#book(loanId, day);
    if (what === 'bounce') return this.#takeBack(loanId, repaymentId!, day);
    if (what === 'assign') return this.service.agree('suspense-money', repaymentId!, 'assign', 'BANK_STATEMENT_SEEN', { loanId });
    return this.#act(loanId, intent!, day);
  }

  /** The bank pays a loan out, and it is booked. */
  async #book(loanId: string, day: IsoDate): Promise<void> {
    const random = this.#random;
    const policy = policyInForce('online_microloan', day);
    const principalMinor = BigInt(5 + Math.floor(random() * 46)) * STEP_MINOR;
    const { penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps } = policy.servicing;
    const loan = new LoanActivated({
      applicationId: newId(),
      loanId,
      contractId: newId(),
      payoutId: newId(),
      tenantId: TENANT,
      partnerId: 'demo-partner',
      uscc: `9199${String(this.#loans.size).padStart(14, '0')}`,
      principalMinor: String(principalMinor),
      currency: 'CNY',
      rateBps: 600 + Math.floor(random() * 17) * 50,
      tenorMonths: pick(random, TENORS),
      repaymentMethod: pick(random, METHODS),
      dayCount: 'periodic',
      disbursedOn: day,
      policyVersion: policy.version,
      productCode: pick(random, PRODUCTS),
      industryCode: pick(random, INDUSTRIES),
      clauses: { ...CLAUSES, penaltyUpliftBps, graceDays, misuseUpliftBps, prepaymentFeeBps },
    });
    this.bank.move('paid_out', principalMinor, day);
    await this.service.deliver(loan);
    this.#loans.set(loanId, loan);
    const { items } = await this.service.ask(SCHEDULE, 'GET', `/loans/${loanId}/schedule`);
    const dueDates = items.map(({ dueOn }) => dueOn);
    for (const intent of planOf(this.habits.get(loanId)!, dueDates, random)) this.#plan(intent.on, { what: 'act', loanId, intent });
  }

  /** A borrower looks at what is due, and pays as it intends to. */
  async #act(loanId: string, { on, kind, sharePercent }: Intent, day: IsoDate): Promise<void> {
    const { payoff, dueMinor, nextDue, heldMinor } = await this.service.ask(LOAN, 'GET', `/loans/${loanId}`);
    if (!payoff) return;
    const due = BigInt(dueMinor);
    const asked = kind === 'pay_off' ? BigInt(payoff.toPayMinor) : due > 0n ? due : BigInt(nextDue?.totalMinor ?? 0);
    const amountMinor = least((asked * BigInt(sharePercent)) / 100n, BigInt(payoff.toPayMinor));
    // What is held already pays when the day comes.
    if (amountMinor <= 0n || (due === 0n && BigInt(heldMinor) >= amountMinor)) return;
    const lineId = await this.#payIn(loanId, amountMinor, day, kind !== 'pay_unnamed');
    if (kind === 'pay_bounced') this.#plan(bouncedOn({ on, kind, sharePercent }), { what: 'bounce', loanId, repaymentId: lineId });
    if (kind === 'pay_unnamed') this.#plan(addDays(day, SUSPENSE_DAYS), { what: 'assign', loanId, repaymentId: lineId });
  }

  /** The bank shows money that has come in; answers the line's id, under which it is booked. */
  async #payIn(loanId: string, amountMinor: bigint, day: IsoDate, isNamed: boolean): Promise<string> {
    const lineId = newId();
    const { applicationId } = this.#loans.get(loanId)!;
    await this.service.deliver(
      new MoneyReceived({
        storyId: isNamed ? applicationId : lineId,
        ...(isNamed ? { applicationId, loanId } : {}),
        lineId,
        tenantId: TENANT,
        amountMinor: String(amountMinor),
        currency: 'CNY',
        valueOn: day,
        bookedAt: this.service.clock.now().toISOString(),
        bankReference: this.bank.move('paid_in', amountMinor, day),
        payerIsBorrower: isNamed,
      }),
    );
    return lineId;
  }

  /** The bank takes money back; a payment officer asks that the repayment be taken back, and two persons agree. */
  async #takeBack(loanId: string, repaymentId: string, day: IsoDate): Promise<void> {
    const { rows } = await this.service.admin.query<{ amount: string }>('select amount_minor::text as amount from repayment where repayment_id = $1', [
      repaymentId,
    ]);
    this.bank.move('taken_back', BigInt(rows[0]!.amount), day);
    const officer = staffOf('pavel', 'payment_officer');
    await this.service.ask(REVERSAL, 'PUT', `/loans/${loanId}/reversals/${newId()}`, officer, { repaymentId, reason: 'bounced' });
    await this.service.agree('repayment-reversal', repaymentId, 'reverse', 'BANK_STATEMENT_SEEN');
  }
}
