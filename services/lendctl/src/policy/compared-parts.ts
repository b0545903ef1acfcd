import { contentHash } from '@millrace/contracts';
import { differingParts, type PolicyParts } from '@millrace/policy';

/** A part, or all parts of a kind, and the beginning of its hash in each of two releases; undefined where a release does not have it. */
interface ComparedPart {
  readonly id: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a part is of, e.g. `reasons/catalogue`. */
const kindOf = (part: string): string => part.slice(0, part.lastIndexOf('/'));

function ofKind(parts: PolicyParts, kind: string): PolicyParts | undefined {
  const entries = Object.entries(parts).filter(([name]) => kindOf(name) === kind);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const short = (sha256: string | undefined): string | undefined => sha256?.slice(0, 12);
const whole = (parts: PolicyParts | undefined): string | undefined => parts && short(contentHash(parts));

/**
 * Parts that differ between two releases. A release of before a kind of part was named does not say what it had of that kind: such a kind is one line, and
 * not one for each of its parts.
 */
export function comparedParts(one: PolicyParts, other: PolicyParts): ComparedPart[] {
  const differing = differingParts(one, other).filter((name) => name.includes('/'));
  return [...new Set(differing.map(kindOf))].flatMap((kind) => {
    const [before, after] = [ofKind(one, kind), ofKind(other, kind)];
    if (before && after)
      return differing.filter((name) => kindOf(name) === kind).map((name) => ({ id: name, before: short(one[name]), after: short(other[name]) }));
    return [{ id: `${kind} (${Object.keys(before ?? after!).length} parts)`, before: whole(before), after: whole(after) }];
  });
}
