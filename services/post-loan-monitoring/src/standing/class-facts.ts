import type { LoanClass } from '@millrace/contracts';
import type { ClassFactKind } from '@millrace/contracts/api';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import type { ClassificationParameters } from '@millrace/policy';
import type { ClassFacts } from '../classification/class-floors.js';
import { observationOn } from '../classification/observation.js';
import type { Share } from '../classification/share.js';

/** Something that is known of a loan besides its money and that classes it, from one day to another, both included; without an end it holds on. */
export interface ClassFact {
  readonly kind: ClassFactKind;
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** Expected loss of an impaired loan against the books; what of the obligor's debts elsewhere is overdue for long. */
  readonly shareBps: number | null;
  /** The class that a person has set. */
  readonly atLeast: LoanClass | null;
}

const WHOLE_BPS = 10_000n;
const holdsOn = ({ from, to }: ClassFact, on: IsoDate): boolean => from <= on && (to === null || on <= to);

/** The greatest share of several facts; undefined where none of them names one. */
function greatestShare(facts: readonly ClassFact[]): Share | undefined {
  const shares = facts.flatMap(({ shareBps }) => (shareBps === null ? [] : [shareBps]));
  return shares.length === 0 ? undefined : { partMinor: BigInt(Math.max(...shares)), wholeMinor: WHOLE_BPS };
}

/** A fact that was recorded by mistake is ended before it has begun. */
const hasHeld = ({ from, to }: ClassFact): boolean => to === null || to >= from;
const restructuringsOf = (facts: readonly ClassFact[]): readonly ClassFact[] => facts.filter((fact) => fact.kind === 'restructured' && hasHeld(fact));

/** What the facts say of a day, as the floors of the classes ask for it. */
export function groundsOn(
  facts: readonly ClassFact[],
  on: IsoDate,
  classification: ClassificationParameters,
): Omit<ClassFacts, 'dpd' | 'security' | 'isSmallFirm'> {
  const of = (kind: ClassFactKind): readonly ClassFact[] => facts.filter((fact) => fact.kind === kind && holdsOn(fact, on));
  const [impairments, elsewhere] = [of('impairment'), of('cross_default')];
  return {
    isTechnicalDelay: of('technical_delay').length > 0,
    isMisused: of('misuse').length > 0,
    isBankrupt: of('bankruptcy').length > 0,
    isEvading: of('evasion').length > 0,
    hasRatingCollapsed: of('rating_collapse').length > 0,
    renewal: of('renewal_not_qualifying').length > 0 ? 'other' : undefined,
    impairment: impairments.length === 0 ? undefined : { expectedLoss: greatestShare(impairments) },
    crossDefault: elsewhere.length === 0 ? undefined : { overdueAtAllBanks: greatestShare(elsewhere) },
    // A day by which an observation is agreed to be over ends none before its time; it may only end it later.
    observation: observationOn(
      restructuringsOf(facts).map(({ from, to }) => ({ from, through: to ?? undefined })),
      on,
      classification,
    ),
    set: of('override').map(({ atLeast }) => atLeast!),
  };
}

/** Day of the latest restructuring: conduct of before counts no more (G-CL-13). Null where there is none. */
export function restructuredOn(facts: readonly ClassFact[], on: IsoDate): IsoDate | null {
  return (
    restructuringsOf(facts)
      .map(({ from }) => from)
      .filter((from) => from <= on)
      .toSorted()
      .at(-1) ?? null
  );
}

/** Next day on which a fact begins or holds no more, an observation may end, or a technical delay is too long; null where there is none. */
export function nextChangeOf(
  facts: readonly ClassFact[],
  on: IsoDate,
  dpd: number,
  { observationMonths, technicalDelayMaxDays }: ClassificationParameters,
): IsoDate | null {
  const days = facts.flatMap((fact) => {
    const { kind, from, to } = fact;
    const ends = to === null ? [] : [addDays(to, 1)];
    const observed = kind === 'restructured' && hasHeld(fact) ? [addMonths(from, observationMonths)] : [];
    const delay =
      kind === 'technical_delay' && holdsOn(fact, on) && dpd <= technicalDelayMaxDays ? [addDays(on, Math.max(1, technicalDelayMaxDays - dpd))] : [];
    return [from, ...ends, ...observed, ...(dpd > 0 ? delay : [])];
  });
  return days.filter((day) => day > on).toSorted()[0] ?? null;
}

const READ = `
select loan_id as "loanId", kind, from_on::text as "from", to_on::text as "to", share_bps as "shareBps", at_least as "atLeast"
from class_fact where loan_id = any($1) order by loan_id, from_on, fact_id`;

/** What is known of some loans, by their ids; most have none. */
export async function readClassFacts(tx: Pick<EventTransaction, 'query'>, loanIds: readonly string[]): Promise<ReadonlyMap<string, readonly ClassFact[]>> {
  const { rows } = await tx.query<ClassFact & { loanId: string }>(READ, [loanIds]);
  return Map.groupBy(rows, ({ loanId }) => loanId);
}
