import type { Finding } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';
import type { Replies } from '../sources/replies.js';

/** Of a source that stayed away it was never known what it would say. */
const NEVER_KNOWN: ReadonlySet<string> = new Set<CodeFor<'finding'>>(['SOURCE_UNAVAILABLE', 'GUARANTOR_UNCHECKED']);

/** What courts say besides of the people behind the firm (E07); it is looked at before a payment. */
export function ownerFindings({ courts }: Replies): Finding[] {
  const cases = courts?.ownerEnforcementCases ?? 0;
  return cases > 0 ? [{ code: 'OWNER_ENFORCEMENT' satisfies CodeFor<'finding'>, severity: 'amber', observed: `${cases} cases` }] : [];
}

/** What of the findings was not known when the loan was decided: what was, people have looked at, or the decision was made with it (R-DB-01). */
export function newFindings(found: readonly Finding[], known: readonly Finding[]): Finding[] {
  const told = new Set(known.map(({ code }) => code));
  return found.filter(({ code, severity }) => severity !== 'info' && (NEVER_KNOWN.has(code) || !told.has(code)));
}
