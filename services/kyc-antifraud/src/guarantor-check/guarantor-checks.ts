import type { ConsentRef, GuarantorRef } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { attachedPlace, BrokenSealError, type Database, type FieldCipher, type RecordCipher, type StoredRow } from '@millrace/service';
import { GUARANTOR_REPLIES, openGuarantor, type Guarantor } from '../guarantor/guarantor-record.js';
import { drawQueryIds, type QueryIds } from '../sources/query-ids.js';
import { sealedRows, type SourceReply } from '../sources/source-reply.js';
import type { Source } from '../sources/sources.js';

/** A guarantor who is checked with a firm, in the clear, with what sources have said of it so far. */
export interface GuarantorCheck {
  readonly guarantorId: string;
  readonly guarantor: Guarantor;
  readonly consents: readonly ConsentRef[];
  readonly queryIds: QueryIds;
  /** For replies that name it. */
  readonly cipher: RecordCipher;
  /** The newest answer of each source. */
  readonly replies: ReadonlyMap<Source, SourceReply>;
}

const RECORD = `
insert into guarantor_check (guarantor_id, application_id, number, guarantor_record_id, consents, query_ids)
select $2, $1, $3, g.guarantor_record_id, $5, $6 from guarantor_record g where g.guarantor_record_id = $4 and g.application_id = $1 and g.guarantor_id = $2`;

/** Records who is to be checked with a firm, before anybody is asked. Throws where a record is not that of the guarantor: trouble that a person must see. */
export async function recordGuarantorChecks(tx: EventTransaction, applicationId: string, guarantors: readonly GuarantorRef[]): Promise<void> {
  for (const [at, { guarantorId, guarantorRecordId, consents }] of guarantors.entries()) {
    const values = [applicationId, guarantorId, at + 1, guarantorRecordId, JSON.stringify(consents), JSON.stringify(drawQueryIds())];
    const { rowCount } = await tx.query(RECORD, values);
    if (!rowCount) throw new Error(`application ${applicationId} names a guarantor record that is not that of guarantor ${guarantorId}`);
  }
}

interface CheckRow {
  guarantorId: string;
  consents: ConsentRef[];
  queryIds: QueryIds;
  record: StoredRow;
  replies: { source: Source; queryId: string; sha256: string; fetchedAt: string; consentId: string | null; body: string; encrypted: boolean }[];
}

const READ = `
select c.guarantor_id as "guarantorId",
  (select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(c.consents) one
    where not exists (select 1 from revoked_consent r where r.consent_id = (one ->> 'consentId')::uuid)) as consents, c.query_ids as "queryIds", to_json(g.*) as record,
  (select coalesce(json_agg(json_build_object('source', r.source, 'queryId', r.query_id, 'sha256', r.sha256, 'fetchedAt', r.fetched_at,
    'consentId', r.consent_id, 'body', r.body, 'encrypted', r.body_encrypted)), '[]') from (
    select distinct on (source) * from guarantor_reply where guarantor_id = c.guarantor_id order by source, fetched_at desc) r) as replies
from guarantor_check c join guarantor_record g using (guarantor_record_id) where c.application_id = $1 order by c.number`;

/**
 * Who is checked with the firm of an application, in its order.
 * @throws BrokenSealError where the record of a guarantor, or a reply that names it, is not what was stored.
 */
export async function readGuarantorChecks(database: Database, cipher: FieldCipher, applicationId: string): Promise<GuarantorCheck[]> {
  const { rows } = await database.query<CheckRow & Record<string, unknown>>(READ, [applicationId]);
  return rows.map(({ guarantorId, consents, queryIds, record, replies }) => {
    if (record['guarantor_id'] !== guarantorId) throw new BrokenSealError(`the guarantor_record of ${guarantorId} is not its own`);
    const opened = openGuarantor(record, cipher);
    const told = replies.map(({ encrypted, fetchedAt, body, ...reply }): SourceReply => {
      const text = encrypted ? opened.cipher.decryptIn(attachedPlace(GUARANTOR_REPLIES, reply.queryId), body) : body;
      return { ...reply, fetchedAt: new Date(fetchedAt), body: JSON.parse(text) as unknown };
    });
    return { guarantorId, consents, queryIds, ...opened, replies: new Map(told.map((reply) => [reply.source, reply])) };
  });
}

const INSERT_REPLIES = `
insert into guarantor_reply (query_id, guarantor_id, source, sha256, fetched_at, consent_id, body, body_encrypted)
select query_id, guarantor_id, source, sha256, fetched_at, consent_id, body, body_encrypted from json_populate_recordset(null::guarantor_reply, $1)
on conflict do nothing`;

/** Stores what sources have said of a guarantor; what is there already stays as it was. */
export async function storeGuarantorReplies(database: Database, { guarantorId, cipher }: GuarantorCheck, replies: readonly SourceReply[]): Promise<void> {
  if (replies.length === 0) return;
  const seal = (queryId: string, text: string): string => cipher.encryptIn(attachedPlace(GUARANTOR_REPLIES, queryId), text);
  await database.query(INSERT_REPLIES, [sealedRows({ guarantor_id: guarantorId }, replies, seal)]);
}
