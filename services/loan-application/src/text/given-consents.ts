import type { ConsentType } from '@millrace/contracts';
import type { SubmissionRefusal } from '../request/submission-refusal.js';

const DAY_MS = 86_400_000;

/** What is checked of a consent, whoever gives it. */
export interface GivenConsent {
  readonly consentId: string;
  readonly type: ConsentType;
  readonly grantedAt: string;
}

/** Types that have to be given and are not. */
export function missingConsents(consents: readonly GivenConsent[], required: readonly ConsentType[]): ConsentType[] {
  return required.filter((type) => !consents.some((consent) => consent.type === type));
}

/** Holds the consents of one who gives them against what every consent must be: given once, in the past, and not too long ago (SEC-14). */
export function givenConsentsRefusal(consents: readonly GivenConsent[], maxAgeDays: number, now: Date, field: string): SubmissionRefusal | undefined {
  const refuse = (code: string, title: string, detail: string): SubmissionRefusal => ({ status: 422, code, title, detail, field });
  const isRepeated = (['type', 'consentId'] as const).some((part) => new Set(consents.map((consent) => consent[part])).size < consents.length);
  if (isRepeated) return refuse('CONSENT_REPEATED', 'A consent is given twice.', 'Send each type once, each with an id of its own.');
  if (consents.some(({ grantedAt }) => new Date(grantedAt) > now))
    return refuse('CONSENT_IN_FUTURE', 'A consent is dated in the future.', 'Send the instant at which it was granted.');
  if (consents.some(({ grantedAt }) => new Date(grantedAt).getTime() < now.getTime() - maxAgeDays * DAY_MS)) {
    const detail = `A consent may be ${maxAgeDays} days old at most. Ask for it again, and send it with a new id.`;
    return refuse('CONSENT_TOO_OLD', 'A consent was granted too long ago.', detail);
  }
  return undefined;
}
