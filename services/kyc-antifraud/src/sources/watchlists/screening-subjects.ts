import { normalForm } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import type { Guarantor } from '../../guarantor/guarantor-record.js';
import { registeredFirm, type RegisteredPerson } from '../registry/registry-source.js';
import type { Replies } from '../replies.js';
import { personOf, type SourceSubject } from '../source.js';

const SUBJECTS_MAX = 50;

/** One subject of a screening, as the watch-list provider wants it. */
export interface ScreeningSubject {
  readonly kind: 'company' | 'person';
  readonly name: string;
  readonly idNumber?: string;
  readonly uscc?: string;
}

const asSubject = ({ party, name, identifier }: Guarantor): ScreeningSubject =>
  party === 'firm' ? { kind: 'company', name, uscc: identifier } : { kind: 'person', name, idNumber: identifier };

/**
 * Everyone whom the law wants screened (G-AM-04, R-LG-02): the firm, who stands for its loan, and of its people the applicant, the registered legal representative
 * and the beneficial owners, each once.
 */
export function screeningSubjects(subject: Pick<SourceSubject, 'uscc' | 'applicant' | 'policyVersion' | 'guarantors'>, replies: Replies): ScreeningSubject[] {
  const { uscc, policyVersion, guarantors = [] } = subject;
  const { beneficialOwnerPercent } = policyOf(policyVersion).verification;
  const firm = registeredFirm(replies);
  const owners = firm?.owners.filter(({ sharePercent }) => sharePercent >= beneficialOwnerPercent) ?? [];
  const people = new Map<string, RegisteredPerson>(
    [personOf(subject), ...(firm ? [firm.legalRepresentative] : []), ...owners].map((one) => [normalForm(one.idNumber), one]),
  );
  const persons = [...people.values()].map(({ name, idNumber }): ScreeningSubject => ({ kind: 'person', name, idNumber }));
  // A firm that no register knows has no name; its code is still an identifier that a list may hold.
  return [{ kind: 'company' as const, name: firm?.name ?? uscc, uscc }, ...guarantors.map(asSubject), ...persons].slice(0, SUBJECTS_MAX);
}
