import type { IsoDate } from '@millrace/finance';
import type { ClassFact } from '../standing/class-facts.js';
import type { RecordClassFactDto } from './class-fact.dto.js';

/** Kinds of facts that have a share. */
const SHARED: readonly string[] = ['impairment', 'cross_default'];

/** What is wrong with a fact, in a sentence; undefined where nothing is. */
export function faultOf({ kind, from, to, shareBps, atLeast }: RecordClassFactDto, { disbursedOn }: { readonly disbursedOn: IsoDate }): string | undefined {
  if (from < disbursedOn) return 'The fact begins before the loan was paid out.';
  if (to !== undefined && to < from) return 'The fact would end before it begins.';
  if (shareBps !== undefined && !SHARED.includes(kind)) return 'Only an impairment and a default elsewhere have a share.';
  if ((kind === 'override') !== (atLeast !== undefined)) return 'A class goes with an override, and with no other kind.';
  return undefined;
}

/** A fact as the standing asks for it. */
export function factOf({ kind, from, to, shareBps, atLeast }: RecordClassFactDto): ClassFact {
  return { kind, from, to: to ?? null, shareBps: shareBps ?? null, atLeast: atLeast ?? null };
}
