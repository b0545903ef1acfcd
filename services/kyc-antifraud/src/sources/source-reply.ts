import type { Provenance } from '@millrace/contracts';
import { attachedPlace, type RecordCipher } from '@millrace/service';
import { PERSONAL_REPLIES } from '../applicant/applicant-record.js';
import type { Replies } from './replies.js';
import { SOURCE_DEFINITIONS, type Source } from './sources.js';

/** What one source said, as evidence (R-CR-09). */
export interface SourceReply {
  readonly source: Source;
  /** Our own id of the query, the provider's idempotency key. */
  readonly queryId: string;
  /** SHA-256 (hex) of the reply's canonical JSON. */
  readonly sha256: string;
  readonly fetchedAt: Date;
  readonly consentId: string | null;
  readonly body: unknown;
}

/** What the sources said, by source. */
export function bodiesOf(replies: ReadonlyMap<Source, SourceReply>): Replies {
  return Object.fromEntries([...replies].map(([source, { body }]) => [source, body]));
}

/** Rows of `source_reply`, as the JSON that the insert reads; `cipher` is that of the person whom they name. */
export function replyRows(applicationId: string, replies: readonly SourceReply[], cipher: RecordCipher): string {
  return sealedRows({ application_id: applicationId }, replies, (queryId, text) => cipher.encryptIn(attachedPlace(PERSONAL_REPLIES, queryId), text));
}

/** Rows of replies of one subject; `seal` encrypts what names a person, under the id of its query. */
export function sealedRows(
  subject: Readonly<Record<string, string>>,
  replies: readonly SourceReply[],
  seal: (queryId: string, text: string) => string,
): string {
  return JSON.stringify(
    replies.map((reply) => {
      const encrypted = SOURCE_DEFINITIONS[reply.source].namesPerson;
      const text = JSON.stringify(reply.body);
      return {
        query_id: reply.queryId,
        ...subject,
        source: reply.source,
        sha256: reply.sha256,
        fetched_at: reply.fetchedAt,
        consent_id: reply.consentId,
        body: encrypted ? seal(reply.queryId, text) : text,
        body_encrypted: encrypted,
      };
    }),
  );
}

/** Stores replies; one that is there already stays as it was. `$1` is the JSON of {@link replyRows}. */
export const INSERT_REPLIES = `
insert into source_reply (query_id, application_id, source, sha256, fetched_at, consent_id, body, body_encrypted)
select query_id, application_id, source, sha256, fetched_at, consent_id, body, body_encrypted from json_populate_recordset(null::source_reply, $1)
on conflict do nothing`;

export function provenanceOf(replies: Iterable<SourceReply>): Provenance[] {
  return [...replies].map(({ source, queryId, fetchedAt, consentId, sha256 }) => ({
    source,
    queryId,
    fetchedAt: fetchedAt.toISOString(),
    ...(consentId ? { consentId } : {}),
    replySha256: sha256,
  }));
}
