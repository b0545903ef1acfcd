import { normalForm } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import { registeredFirm, type RegisteredPerson } from '../registry/registry-source.js';
import type { Replies } from '../replies.js';
import type { SourceSubject } from '../source.js';

const SUBJECTS_MAX = 50;

/** One subject of a screening, as the watch-list provider wants it. */
export interface ScreeningSubject {
  readonly kind: 'company' | 'person';
  readonly name: string;
  readonly idNumber?: string;
  readonly uscc?: string;
}

/** Everyone whom the law wants screened (G-AM-04, R-LG-02): the firm, the applicant, the registered legal representative and the beneficial owners, each once. */
export function screeningSubjects(
  { uscc, applicant, policyVersion }: Pick<SourceSubject, 'uscc' | 'applicant' | 'policyVersion'>,
  replies: Replies,
): ScreeningSubject[] {
  const { beneficialOwnerPercent } = policyOf(policyVersion).verification;
  const firm = registeredFirm(replies);
  const owners = firm?.owners.filter(({ sharePercent }) => sharePercent >= beneficialOwnerPercent) ?? [];
  const people = new Map<string, RegisteredPerson>(
    [applicant, ...(firm ? [firm.legalRepresentative] : []), ...owners].map((one) => [normalForm(one.idNumber), one]),
  );
  const persons = [...people.values()].map(({ name, idNumber }): ScreeningSubject => ({ kind: 'person', name, idNumber }));
  // A firm that no register knows has no name; its code is still an identifier that a list may hold.
  return [{ kind: 'company' as const, name: firm?.name ?? uscc, uscc }, ...persons].slice(0, SUBJECTS_MAX);
}
