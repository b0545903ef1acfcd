import type { LoanClass } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { ClassificationParameters, LoanSecurity } from '@millrace/policy';
import type { ClassFacts } from '../classification/class-floors.js';
import { classOfDay, type ClassState } from '../classification/class-of-day.js';
import { ruleOfShare } from '../classification/obligor-debts.js';
import { observationOn } from '../classification/observation.js';
import { factsOn, type FactKind, type LoanFact } from './loan-facts.js';
import type { PaperLoan } from './paper-loan.js';

/** What the class of a loan is made of besides the loan itself. */
export interface ClassTerms {
  readonly facts: readonly LoanFact[];
  readonly security: LoanSecurity;
  readonly classification: ClassificationParameters;
}

const sumOf = (facts: readonly LoanFact[]): bigint | undefined =>
  facts.some(({ amountMinor }) => amountMinor !== undefined) ? facts.reduce((total, { amountMinor = 0n }) => total + amountMinor, 0n) : undefined;

/** The class of a loan on paper, day after day from the first one on. */
export class PaperClass {
  #state: ClassState | undefined;
  /** Whether each renewal qualified on its day (G-CL-15). */
  readonly #renewals = new Map<LoanFact, boolean>();

  constructor(private readonly terms: ClassTerms) {}

  /** Class at the end of a day; each day is asked for once, after the one before. */
  next(loan: PaperLoan, on: IsoDate): LoanClass {
    const { facts, classification } = this.terms;
    const dpd = loan.daysPastDue(on);
    this.#lookAtRenewals(loan, on, dpd);
    this.#state = classOfDay(
      this.#state,
      {
        on,
        facts: this.#factsOf(loan, on, dpd),
        areCostsPaid: dpd === 0 && areChargesPaid(loan, on),
        isRestructured: facts.some(({ kind, from }) => kind === 'restructure' && from === on),
        periodsSince: (day) => loan.dues.filter(({ dueOn, payableOn }) => dueOn > day && payableOn < on).length,
      },
      classification,
    );
    return this.#state.class;
  }

  /** Small firms' loans are what is lent here, so that every loan on paper is one. */
  #factsOf(loan: PaperLoan, on: IsoDate, dpd: number): ClassFacts {
    const { facts, security, classification } = this.terms;
    const of = (kind: FactKind): LoanFact[] => factsOn(facts, kind, on);
    const restructurings = facts.filter(({ kind }) => kind === 'restructure').map(({ from, to }) => ({ from, through: to }));
    const renewals = of('renewal');
    const [crossDefaults, impairments] = [of('cross_default'), of('impairment')];
    const [badMinor, lossMinor] = [sumOf(crossDefaults), sumOf(impairments)];
    const share = (partMinor: bigint | undefined, restMinor = 0n) =>
      partMinor === undefined ? undefined : { partMinor, wholeMinor: loan.principalMinor + restMinor };
    const bad = share(badMinor, badMinor);
    return {
      dpd,
      security,
      isSmallFirm: true,
      isTechnicalDelay: of('technical_delay').length > 0,
      isMisused: of('misuse').length > 0,
      isBankrupt: of('bankruptcy').length > 0,
      renewal: renewals.length === 0 ? undefined : renewals.every((fact) => this.#renewals.get(fact)) ? 'qualifying' : 'other',
      crossDefault: crossDefaults.length === 0 ? undefined : {},
      obligorRule: bad && ruleOfShare(bad, true, classification),
      impairment: impairments.length === 0 ? undefined : { expectedLoss: share(lossMinor) },
      observation: observationOn(restructurings, on, classification),
    };
  }

  /** A renewal qualifies that was agreed before maturity, with nothing overdue and the money used as agreed. */
  #lookAtRenewals(loan: PaperLoan, on: IsoDate, dpd: number): void {
    const maturesOn = loan.dues.at(-1)?.dueOn ?? on;
    for (const fact of this.terms.facts)
      if (fact.kind === 'renewal' && fact.from === on)
        this.#renewals.set(fact, dpd === 0 && on < maturesOn && factsOn(this.terms.facts, 'misuse', on).length === 0);
  }
}

/** Charges of dues whose day is over; what comes up in a period that runs is not asked for yet. */
function areChargesPaid(loan: PaperLoan, on: IsoDate): boolean {
  return loan.duesOn(on).every(({ due, penaltyMinor }) => due >= on || penaltyMinor === 0n);
}
