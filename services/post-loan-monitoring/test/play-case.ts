import { newId, type LoanClauses } from '@millrace/contracts';
import { PARTNER, sayAbout, staff, taskAbout, until } from '@millrace/testing';
import type { LoanAccount, TermsChange } from '../src/loan/loan-account.js';
import { playAccount } from '../src/loan/play-account.js';
import { lockAccount, readAccount } from '../src/loan/read-account.js';
import { applyTerms } from '../src/loan-change/apply-terms.js';
import type { LoanMovement } from '../src/projection/loan-case.js';
import type { ProjectedCase } from '../src/projection/project-loan.js';
import { REPAYMENT_REVERSAL } from '../src/reversal/repayment-reversal.task.js';
import { runnerOf } from './close-loans.js';
import type { RunningMonitoring } from './running-monitoring.js';

const CHANGE = `
insert into loan_change (loan_id, change_id, tenant_id, kind, content, content_sha256, state, requested_at, requested_by, decided_at)
values ($1, $2, 't1', $3, '{}', '', 'applied', $4, 'test', $4)`;

function clausesOf({ contract }: ProjectedCase): LoanClauses {
  const { rollsForward, brokenPeriods: _, misuseUpliftBps = 0, ...words } = contract;
  return { ...words, misuseUpliftBps, prepaymentChoice: true, holidayCalendar: rollsForward ? 'CN' : null };
}

/** The loan of a case, booked, and its movements one after the other as the bank, partners and people bring them. */
export class PlayedCase {
  /** Ids in the books by those of the case. */
  readonly #ids = new Map<string, string>();

  private constructor(
    private readonly monitoring: RunningMonitoring,
    readonly loanId: string,
  ) {}

  /** Books the loan and plays all of its movements in the order of their arrival; the clock stands at a day by which all of them are over. */
  static async play(monitoring: RunningMonitoring, given: ProjectedCase): Promise<PlayedCase> {
    const { principalMinor, annualRatePercent, instalments, method, dayCount, disbursedOn } = given.terms;
    const { loanId } = await monitoring.book({
      principalMinor: String(principalMinor),
      rateBps: Math.round(Number(annualRatePercent) * 100),
      tenorMonths: instalments,
      repaymentMethod: method,
      dayCount: dayCount as Exclude<typeof dayCount, 'ACT/ACT'>,
      disbursedOn,
      clauses: clausesOf(given),
    });
    const played = new PlayedCase(monitoring, loanId);
    for (const movement of given.movements) await played.#take(movement);
    return played;
  }

  async account(): Promise<LoanAccount> {
    return (await readAccount(this.monitoring.test.pool, this.loanId))!;
  }

  async #take(movement: LoanMovement): Promise<void> {
    switch (movement.kind) {
      case 'repayment':
        return this.#pay(movement.id, movement.valueOn, movement.amountMinor);
      case 'payoff':
        return this.#pay(movement.id, movement.valueOn, movement.amountMinor ?? (await this.#payoffOn(movement.valueOn)));
      case 'prepayment':
        return this.#prepay(movement);
      case 'reversal':
        return this.#reverse(this.#ids.get(movement.of)!);
      case 'extension':
        return this.#change({ kind: 'extension', valueOn: movement.valueOn, dueDates: movement.dueDates, rateBps: null, months: 1 });
      case 'rate_change':
        return this.#change({
          kind: 'rate_change',
          valueOn: movement.valueOn,
          dueDates: null,
          rateBps: Math.round(Number(movement.ratePercent) * 100),
          months: 0,
        });
      case 'drawing':
      case 'restructuring':
      case 'renewal':
        throw new Error(`the books play no ${movement.kind}`);
    }
  }

  async #pay(id: string, valueOn: string, amountMinor: bigint): Promise<void> {
    const lineId = newId();
    this.#ids.set(id, lineId);
    await this.monitoring.pay(this.loanId, amountMinor, { valueOn }, lineId);
  }

  async #payoffOn(on: string): Promise<bigint> {
    const account = await this.account();
    const loan = playAccount({ ...account, movements: account.movements.filter(({ valueOn }) => valueOn <= on) }, on);
    return loan.payoffOn(on) - loan.heldMinor;
  }

  async #prepay({ id, valueOn, amountMinor, effect }: Extract<LoanMovement, { kind: 'prepayment' }>): Promise<void> {
    const prepaymentId = newId();
    this.#ids.set(id, prepaymentId);
    const bankReference = `B-${prepaymentId}`;
    const told = { amountMinor: String(amountMinor), currency: 'CNY', receivedOn: valueOn, bankReference, ...(effect ? { effect } : {}) };
    const answer = await this.monitoring.test.call('PUT', `/loans/${this.loanId}/prepayments/${prepaymentId}`, PARTNER, told);
    if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
    await this.monitoring.pay(this.loanId, amountMinor, { valueOn, bankReference });
  }

  async #reverse(repaymentId: string): Promise<void> {
    const { test } = this.monitoring;
    await test.call('PUT', `/loans/${this.loanId}/reversals/${newId()}`, staff('paul', 'payment_officer'), { repaymentId, reason: 'bounced' });
    const { taskId } = (await taskAbout(test, REPAYMENT_REVERSAL, { repaymentId }))!;
    await sayAbout(test, REPAYMENT_REVERSAL, taskId, { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
    await until(async () => !(await taskAbout(test, REPAYMENT_REVERSAL, { repaymentId })), 'the money to be taken back');
  }

  /** As people have agreed on it, or the close has repriced it: the part after their decision. */
  async #change(change: Omit<TermsChange, 'changeId'>): Promise<void> {
    const changeId = newId();
    const now = this.monitoring.test.clock.now();
    await runnerOf(this.monitoring).run({ actor: { kind: 'system', id: 'test' }, causationId: newId() }, async (tx) => {
      await tx.query(CHANGE, [this.loanId, changeId, change.kind, now]);
      await applyTerms(tx, (await lockAccount(tx, this.loanId))!, { changeId, ...change }, now);
    });
  }
}
