import { addDays, type IsoDate } from '@millrace/finance';

/** What may be known of a loan besides its money. */
export const FACT_KINDS = ['misuse', 'technical_delay', 'restructure', 'bankruptcy', 'renewal', 'cross_default', 'impairment'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Something that holds of a loan from one day to another, both included; without an end it holds for good. */
export interface LoanFact {
  readonly kind: FactKind;
  readonly from: IsoDate;
  readonly to?: IsoDate | undefined;
  /** What was misused, what loss is expected, or what of the obligor's other debts has gone bad; in fen. */
  readonly amountMinor?: bigint | undefined;
}

/** Facts of a kind that hold on a day. */
export function factsOn(facts: readonly LoanFact[], kind: FactKind, on: IsoDate): LoanFact[] {
  return facts.filter((fact) => fact.kind === kind && fact.from <= on && (fact.to === undefined || on <= fact.to));
}

/** Days on which facts of a kind begin, or hold no more. */
export function changesOf(facts: readonly LoanFact[], kind: FactKind): IsoDate[] {
  const own = facts.filter((fact) => fact.kind === kind);
  return [...new Set(own.flatMap(({ from, to }) => (to === undefined ? [from] : [from, addDays(to, 1)])))].toSorted();
}
