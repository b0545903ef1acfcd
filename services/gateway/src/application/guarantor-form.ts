import { GUARANTOR_CONSENTS, isId } from '@millrace/contracts';
import type { BodyOf, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { Problem } from '@millrace/service';

type SubmittedGuarantor = NonNullable<BodyOf<typeof SUBMIT_APPLICATION>['guarantors']>[number];

/**
 * Refuses guarantors of whom it cannot be said what they are, two under one id, and those who have not consented. The same codes as those of the services behind, said earlier, so that such a request
 * leaves no personal data behind.
 */
export function refuseUnclearGuarantors(guarantors: readonly Pick<SubmittedGuarantor, 'guarantorId' | 'person' | 'firm' | 'consents'>[]): void {
  const known = new Set<string>();
  for (const [at, { guarantorId, person, firm, consents }] of guarantors.entries()) {
    const field = `guarantors.${at}`;
    const refuse = (status: number, code: string, title: string, detail: string, path = field): Problem =>
      new Problem({ status, code, title, detail, errors: [{ field: path, message: detail }] });
    if (!isId(guarantorId)) throw refuse(400, 'VALIDATION_FAILED', 'Some fields are not right.', 'Make ids as UUIDv7.', `${field}.guarantorId`);
    if ((person === undefined) === (firm === undefined))
      throw refuse(422, 'GUARANTOR_PARTY_UNCLEAR', 'A guarantor is a person or a firm.', 'Send one of person and firm.');
    if (known.has(guarantorId.toLowerCase())) throw refuse(422, 'GUARANTOR_REPEATED', 'A guarantor is named twice.', 'Name each once, under an id of its own.');
    known.add(guarantorId.toLowerCase());
    const missing = GUARANTOR_CONSENTS[person ? 'person' : 'firm'].filter((needed) => !consents.some(({ type }) => type === needed));
    if (missing.length > 0)
      throw refuse(422, 'CONSENT_MISSING', 'Consents that a guarantor gives are missing.', `Missing: ${missing.join(', ')}.`, `${field}.consents`);
  }
}
