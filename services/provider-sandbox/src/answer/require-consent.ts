import { Problem } from '@millrace/service';

/** A query about credit, taxes or invoices needs the subject's recorded consent; without one it is not answered and not counted. */
export function requireConsent(consentId: string | null | undefined): void {
  if (consentId) return;
  throw new Problem({
    status: 403,
    code: 'CONSENT_REQUIRED',
    title: 'The subject has not agreed to this query.',
    detail: 'Send the id of the recorded consent.',
  });
}
