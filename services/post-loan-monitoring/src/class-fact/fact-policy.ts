import type { IsoDate } from '@millrace/finance';
import type { RecordedFact } from './store-fact.js';
import type { RecordClassFactDto } from './class-fact.dto.js';

/** Kinds of facts that have a share. */
const SHARED: readonly string[] = ['impairment', 'cross_default'];

/** What is wrong with a fact, in a sentence; undefined where nothing is. */
export function faultOf(
  { kind, from, to, shareBps, amountMinor, atLeast }: RecordClassFactDto,
  { disbursedOn, principalMinor }: { readonly disbursedOn: IsoDate; readonly principalMinor: bigint },
): string | undefined {
  if (from < disbursedOn) return 'The fact begins before the loan was paid out.';
  if (to !== undefined && to < from) return 'The fact would end before it begins.';
  if (shareBps !== undefined && !SHARED.includes(kind)) return 'Only an impairment and a default elsewhere have a share.';
  if (amountMinor !== undefined && kind !== 'misuse') return 'Only misuse has an amount.';
  if (amountMinor !== undefined && BigInt(amountMinor) === 0n) return 'Nothing was misused.';
  if (amountMinor !== undefined && BigInt(amountMinor) > principalMinor) return 'More was misused than was lent.';
  if ((kind === 'override') !== (atLeast !== undefined)) return 'A class goes with an override, and with no other kind.';
  return undefined;
}

/** A fact as it is stored: what the standing asks for, and what the money does. */
export function factOf({ kind, from, to, shareBps, amountMinor, atLeast }: RecordClassFactDto): RecordedFact {
  return {
    kind,
    from,
    to: to ?? null,
    shareBps: shareBps ?? null,
    amountMinor: amountMinor === undefined ? null : BigInt(amountMinor),
    atLeast: atLeast ?? null,
  };
}
