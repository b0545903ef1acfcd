import { parseMinor, type ConsentRef } from '@millrace/contracts';
import type { TransactionContext } from '@millrace/messaging';
import { Database, FieldCipher } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { openApplicant, type Applicant, type ApplicantColumns } from '../applicant/applicant.js';
import type { SourceReply } from '../sources/source-reply.js';
import type { Source } from './consent-policy.js';

/** What a verification was asked for, with everything that has come in so far. */
export interface StoredVerification {
  readonly applicationId: string;
  readonly uscc: string;
  readonly requestedAmountMinor: bigint;
  readonly declaredRevenueMinor: bigint;
  readonly policyVersion: string;
  readonly consents: readonly ConsentRef[];
  readonly queryIds: Readonly<Record<Source, string>>;
  readonly requestedAt: Date;
  readonly causationId: string;
  readonly traceparent: string | undefined;
  readonly attempts: number;
  readonly completed: boolean;
  readonly applicant: Applicant;
  readonly replies: ReadonlyMap<Source, SourceReply>;
  /** Ring figures as of the request, this application included (domain §3.9). */
  readonly deviceFirms30d: number;
  readonly mobileFirms30d: number;
  readonly applications7d: number;
}

interface ReplyRow {
  source: Source;
  queryId: string;
  sha256: string;
  fetchedAt: string;
  consentId: string | null;
  body: string;
  encrypted: boolean;
}

interface VerificationRow extends ApplicantColumns {
  application_id: string;
  uscc: string;
  requested_amount_minor: string;
  declared_revenue_minor: string;
  policy_version: string;
  consents: ConsentRef[];
  query_ids: Record<Source, string>;
  requested_at: Date;
  causation_id: string;
  traceparent: string | null;
  attempts: number;
  completed: boolean;
  device_firms: string;
  mobile_firms: string;
  applications: string;
  replies: ReplyRow[];
}

/** One round trip: the intent, the person, the replies so far and the ring counts, each count over one index. */
const READ = `
select v.application_id, v.uscc, v.requested_amount_minor, v.declared_revenue_minor, v.policy_version, v.consents, v.query_ids, v.requested_at, v.causation_id, v.traceparent, v.attempts,
  v.outcome is not null as completed, a.name_encrypted, a.id_number_encrypted, a.mobile_encrypted, a.device_encrypted, a.form_fill_seconds,
  (select count(distinct o.uscc) from verification o where o.device_index = v.device_index
    and o.requested_at > v.requested_at - interval '30 days' and o.requested_at <= v.requested_at) as device_firms,
  (select count(distinct o.uscc) from verification o where o.mobile_index = v.mobile_index
    and o.requested_at > v.requested_at - interval '30 days' and o.requested_at <= v.requested_at) as mobile_firms,
  (select count(*) from verification o where o.uscc = v.uscc
    and o.requested_at > v.requested_at - interval '7 days' and o.requested_at <= v.requested_at) as applications,
  (select coalesce(json_agg(json_build_object('source', r.source, 'queryId', r.query_id, 'sha256', r.sha256, 'fetchedAt', r.fetched_at,
    'consentId', r.consent_id, 'body', r.body, 'encrypted', r.body_encrypted)), '[]') from source_reply r where r.application_id = v.application_id) as replies
from verification v join applicant_record a using (applicant_record_id) where v.application_id = $1`;

/** Every later step carries on the cause and the trace of the request for verification. */
export function contextOfVerification({ causationId, traceparent }: StoredVerification): TransactionContext {
  return { actor: { kind: 'system', id: 'kyc-antifraud' }, causationId, traceparent };
}

/** Reads a verification with its person in the clear; for the job that asks the providers. */
@Injectable()
export class VerificationReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  async read(applicationId: string): Promise<StoredVerification | undefined> {
    const { rows } = await this.database.query<VerificationRow>(READ, [applicationId]);
    const [row] = rows;
    if (!row) return undefined;
    return {
      applicationId: row.application_id,
      uscc: row.uscc,
      requestedAmountMinor: parseMinor(row.requested_amount_minor),
      declaredRevenueMinor: parseMinor(row.declared_revenue_minor),
      policyVersion: row.policy_version,
      consents: row.consents,
      queryIds: row.query_ids,
      requestedAt: row.requested_at,
      causationId: row.causation_id,
      traceparent: row.traceparent ?? undefined,
      attempts: row.attempts,
      completed: row.completed,
      applicant: openApplicant(row, this.cipher),
      replies: new Map(row.replies.map((reply) => [reply.source, this.#open(reply)])),
      deviceFirms30d: Number(row.device_firms),
      mobileFirms30d: Number(row.mobile_firms),
      applications7d: Number(row.applications),
    };
  }

  #open(row: ReplyRow): SourceReply {
    const body: unknown = JSON.parse(row.encrypted ? this.cipher.decrypt(row.body) : row.body);
    return { source: row.source, queryId: row.queryId, sha256: row.sha256, fetchedAt: new Date(row.fetchedAt), consentId: row.consentId, body };
  }
}
