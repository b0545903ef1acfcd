import { contentHash, type Finding } from '@millrace/contracts';
import { isRestrictedCode, openFindings, type CodeFor } from '@millrace/reasons';
import type { Replies } from '../sources/replies.js';

/** Of a source that stayed away it was never known what it would say. */
const NEVER_KNOWN: ReadonlySet<string> = new Set<CodeFor<'finding'>>(['SOURCE_UNAVAILABLE', 'GUARANTOR_UNCHECKED']);

/** What courts say besides of the people behind the firm (E07); it is looked at before a payment. */
export function ownerFindings({ courts }: Replies): Finding[] {
  const cases = courts?.ownerEnforcementCases ?? 0;
  return cases > 0 ? [{ code: 'OWNER_ENFORCEMENT' satisfies CodeFor<'finding'>, severity: 'amber', observed: `${cases} cases` }] : [];
}

/** Findings of which another one is another matter: more cases than were known, or another person on a list. */
const COUNTED: ReadonlySet<string> = new Set<CodeFor<'finding'>>(['ENFORCEMENT_OPEN', 'ENFORCEMENT_HEAVY', 'OWNER_ENFORCEMENT']);

const nameOf = ({ code, observed }: Finding): string => (observed && (COUNTED.has(code) || isRestrictedCode(code)) ? `${code} ${observed}` : code);

/**
 * Findings as ordinary services may know them (R-LG-02). What points at suspicion is told under one neutral code, with a mark that is another one for other
 * findings: what was looked at once is not taken for what is found later.
 */
export function toldFindings(found: readonly Finding[]): Finding[] {
  const restricted = found.filter(({ code }) => isRestrictedCode(code)).map(({ code, observed }) => `${code} ${observed ?? ''}`);
  if (restricted.length === 0) return openFindings(found);
  const mark = contentHash(restricted.sort()).slice(0, 8);
  const open = new Set(found.map(({ code }) => code));
  return openFindings(found).map((one) => (open.has(one.code) ? one : { ...one, observed: `ref ${mark}` }));
}

/** What of the findings was not known when the loan was decided: what was, people have looked at, or the decision was made with it (R-DB-01). */
export function newFindings(found: readonly Finding[], known: readonly Finding[]): Finding[] {
  const told = new Set(known.map(nameOf));
  return found.filter((one) => one.severity !== 'info' && (NEVER_KNOWN.has(one.code) || !told.has(nameOf(one))));
}
