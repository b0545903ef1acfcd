import type { SandboxFirm } from '@millrace/client';
import { isId } from '@millrace/contracts';
import { LIST_SCORES, RECOMPUTE_SCORE, SHOW_HISTORY, SHOW_JOURNAL } from '@millrace/contracts/api';
import type { Stage } from '../stage/stage.js';
import type { Check } from './check.js';
import type { Neighbour } from './neighbour.js';

interface Told {
  readonly applicationId: string;
  readonly firm: SandboxFirm;
  readonly loanId: string | undefined;
}

/**
 * What holds at the end of every scenario: the ledger balances, each movement of money happened once, each decision can be computed again to the same
 * answer, the histories are whole, and no event carries more of a person than ids. None of them can pass on an empty list: the other tenant's
 * loan, which is looked at as well, has books, a payout, a score and a history.
 */
export class AlwaysHeld {
  readonly #told: Told[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly check: Check,
    private readonly neighbour: Neighbour,
  ) {}

  /** Names an application of the scenario, with its loan where it came to one. */
  of(applicationId: string, firm: SandboxFirm, loanId?: string): void {
    this.#told.push({ applicationId, firm, loanId });
  }

  async hold(): Promise<void> {
    this.check.that('the scenario made an application', this.#told.length > 0);
    await this.#booksBalance();
    await this.#moneyMovedOnce();
    for (const { applicationId, firm } of this.#told) {
      await this.#decisionsCanBeComputedAgain(applicationId);
      await this.#historyIsWhole(applicationId);
      await this.#eventsNameNobody(applicationId, firm);
      await this.neighbour.hold(this.check, applicationId);
    }
    const invariants = await this.stage.verify();
    this.check.that('there are invariants to verify', invariants.length > 10, invariants.length);
    for (const { name, findings } of invariants) this.check.equal(`findings of "${name}"`, findings, []);
  }

  async #booksBalance(): Promise<void> {
    const books = [{ auditor: 'neighbour-auditor', loanId: this.neighbour.loanId }, ...this.#told.map(({ loanId }) => ({ auditor: 'demo-auditor', loanId }))];
    for (const { auditor, loanId } of books) {
      if (loanId === undefined) continue;
      const { items, balanced } = await this.stage.ask(auditor, SHOW_JOURNAL, { loanId });
      this.check.that('the loan has entries', items.length > 0);
      this.check.equal(`the balance of the books of ${loanId}`, balanced, true);
      for (const { lines } of items) {
        const sum = (side: 'debitMinor' | 'creditMinor'): bigint => lines.reduce((total, line) => total + BigInt(line[side]), 0n);
        this.check.equal('what an entry credits', sum('creditMinor'), sum('debitMinor'));
      }
    }
  }

  async #moneyMovedOnce(): Promise<void> {
    const { debits } = (await this.stage.sandbox('GET', '/sandbox/counters')) as { debits: Record<string, number> };
    const paid = 1 + this.#told.filter(({ loanId }) => loanId !== undefined).length;
    this.check.equal('debits of each payout at the bank', Object.values(debits), Array<number>(paid).fill(1));
  }

  async #decisionsCanBeComputedAgain(applicationId: string): Promise<void> {
    let scores = 0;
    for (const [auditor, id] of [
      ['demo-auditor', applicationId],
      ['neighbour-auditor', this.neighbour.applicationId],
    ] as const) {
      const { items } = await this.stage.ask(auditor, LIST_SCORES, { applicationId: id });
      for (const { scoreId } of items) {
        this.check.that('a score has an id', isId(scoreId), scoreId);
        const { same } = await this.stage.ask(auditor, RECOMPUTE_SCORE, { applicationId: id, scoreId });
        this.check.equal('the score computed again', same, true);
        scores += 1;
      }
    }
    this.check.that('there is a score to compute again', scores > 0);
  }

  async #historyIsWhole(applicationId: string): Promise<void> {
    const history = await this.stage.ask('demo-auditor', SHOW_HISTORY, { applicationId });
    this.check.that('the application has a history', history.items.length > 1, history.items.length);
    this.check.equal('the first broken row of the history', history.firstBrokenRow, null);
  }

  async #eventsNameNobody(applicationId: string, { legalRepresentative, bankAccount }: SandboxFirm): Promise<void> {
    const events = await this.stage.eventsOf(applicationId);
    this.check.that('the application has events', events.length > 0);
    const { name, idNumber, mobile } = legalRepresentative;
    for (const secret of [name, idNumber, mobile, bankAccount.accountNumber])
      this.check.equal(
        'events with data of a person',
        events.filter(({ text }) => text.includes(secret)).map(({ type }) => type),
        [],
      );
  }
}
