import { normalForm } from '@millrace/contracts';
import { registeredFirm, type RegisteredPerson } from '../registry/registry-source.js';
import type { Replies } from '../replies.js';
import type { SourceSubject } from '../source.js';

/** From this share on an owner is a beneficial owner and screened (G-AM-07). */
export const BENEFICIAL_OWNER_PERCENT = 25;
const SUBJECTS_MAX = 50;

/** One subject of a screening, as the watch-list provider wants it. */
export interface ScreeningSubject {
  readonly kind: 'company' | 'person';
  readonly name: string;
  readonly idNumber?: string;
  readonly uscc?: string;
}

/** Everyone whom the law wants screened (G-AM-04, R-LG-02): the firm, the applicant, the registered legal representative and the beneficial owners, each once. */
export function screeningSubjects({ uscc, applicant }: Pick<SourceSubject, 'uscc' | 'applicant'>, replies: Replies): ScreeningSubject[] {
  const firm = registeredFirm(replies);
  const owners = firm?.owners.filter(({ sharePercent }) => sharePercent >= BENEFICIAL_OWNER_PERCENT) ?? [];
  const people = new Map<string, RegisteredPerson>(
    [applicant, ...(firm ? [firm.legalRepresentative] : []), ...owners].map((one) => [normalForm(one.idNumber), one]),
  );
  const persons = [...people.values()].map(({ name, idNumber }): ScreeningSubject => ({ kind: 'person', name, idNumber }));
  // A firm that no register knows has no name; its code is still an identifier that a list may hold.
  return [{ kind: 'company' as const, name: firm?.name ?? uscc, uscc }, ...persons].slice(0, SUBJECTS_MAX);
}
