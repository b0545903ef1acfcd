import type { EventTransaction } from '@millrace/messaging';
import { notFound, Problem, type Principal } from '@millrace/service';
import { draftEnded, isOwnDraft } from './advance-draft.js';
import type { Draft } from './draft.entity.js';

/** A consent as a submission names it. */
interface NamedConsent {
  readonly consentId: string;
  readonly type: string;
  readonly textVersion: string;
  readonly textSha256: string;
  readonly grantedAt: string;
}

const STANDING = `select consent_id::text as "consentId", type, text_version as "textVersion", text_sha256 as "textSha256", granted_at as "grantedAt"
from draft_consent where application_id = $1 and withdrawn_at is null`;

/**
 * Refuses to submit a draft that is another partner's or has ended, or under a consent that does not stand in it as it was given: under its id alone another
 * type, text or day could be passed off as agreed to. Throws `NOT_FOUND`, `WRONG_STATUS` and `CONSENT_NOT_OF_DRAFT`.
 */
export async function refuseOfDraft(
  db: Pick<EventTransaction, 'query'>,
  draft: Draft | undefined,
  principal: Principal,
  { applicationId, consents }: { readonly applicationId: string; readonly consents: readonly NamedConsent[] },
): Promise<void> {
  if (!draft || !isOwnDraft(draft, principal)) throw notFound('loan application');
  if (!draft.live) throw draftEnded(draft.status);
  const { rows } = await db.query<Omit<NamedConsent, 'grantedAt'> & { readonly grantedAt: Date }>(STANDING, [applicationId]);
  const standing = new Set(rows.map((row) => nameOf({ ...row, grantedAt: row.grantedAt.toISOString() })));
  const at = consents.findIndex((consent) => !standing.has(nameOf(consent)));
  if (at < 0) return;
  const detail = 'Give it to the draft first, or submit the draft with those that stand.';
  throw new Problem({
    status: 422,
    code: 'CONSENT_NOT_OF_DRAFT',
    title: 'A consent is none that stands in the draft.',
    detail,
    errors: [{ field: `consents.${at}.consentId`, message: detail }],
  });
}

const nameOf = ({ consentId, type, textVersion, textSha256, grantedAt }: NamedConsent): string =>
  [consentId.toLowerCase(), type, textVersion, textSha256, new Date(grantedAt).getTime()].join(' ');
