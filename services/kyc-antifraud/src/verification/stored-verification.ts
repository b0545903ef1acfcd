import { parseMinor, type ConsentRef } from '@millrace/contracts';
import type { TransactionContext } from '@millrace/messaging';
import { policyOf, type VerificationParameters } from '@millrace/policy';
import { attachedPlace, BrokenSealError, Database, FieldCipher, type RecordCipher, type StoredRow } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Applicant } from '../applicant/applicant.js';
import { openApplicant, PERSONAL_REPLIES, type OpenedApplicant } from '../applicant/applicant-record.js';
import { readGuarantorChecks, type GuarantorCheck } from '../guarantor-check/guarantor-checks.js';
import type { Guarantor } from '../guarantor/guarantor-record.js';
import type { SourceReply } from '../sources/source-reply.js';
import type { QueryIds } from '../sources/query-ids.js';
import type { SourceSubject } from '../sources/source.js';
import type { Source } from '../sources/sources.js';
import { ASKED_EVERY_ROUND } from './begin-round.js';

/** Ring figures as of the request, this application included; the windows are those of the policy, whatever the names that the first tables gave them. */
interface Rings {
  readonly deviceFirms30d: number;
  readonly mobileFirms30d: number;
  readonly applications7d: number;
}

/** What a verification was asked for, with everything that has come in so far. */
export interface StoredVerification extends Rings, Omit<SourceSubject, 'applicant' | 'guarantors'> {
  readonly applicant: Applicant;
  /** Consents that were withdrawn since; `consents` has none of them. */
  readonly revoked: readonly ConsentRef[];
  /** Who is to stand for the loan, in the order of the application; empty where nobody is. */
  readonly guarantors: readonly GuarantorCheck[];
  /** Which request of the hub it answers. */
  readonly round: number;
  /** When that request was made: sources have their time from then on. */
  readonly roundRequestedAt: Date;
  /** Hash of the firm's name as the application gives it, in its normal form; null in requests of before. */
  readonly companyNameSha256: string | null;
  readonly requestedAmountMinor: bigint;
  readonly declaredRevenueMinor: bigint;
  readonly queryIds: QueryIds;
  readonly causationId: string;
  readonly traceparent: string | undefined;
  readonly attempts: number;
  readonly completed: boolean;
  /** For replies that name the person. */
  readonly cipher: RecordCipher;
  /** The newest answer of each source. */
  readonly replies: ReadonlyMap<Source, SourceReply>;
  /** When earlier applications of the same partner for this firm were declined because the person could not be proven. */
  readonly unprovenAt: readonly Date[];
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

interface VerificationRow {
  round: number;
  /** Null where the record that the verification names is another application's. */
  applicant: StoredRow | null;
  application_id: string;
  uscc: string;
  company_name_sha256: string | null;
  requested_amount_minor: string;
  declared_revenue_minor: string;
  policy_version: string;
  consents: ConsentRef[];
  revoked: string[] | null;
  query_ids: QueryIds;
  requested_at: Date;
  round_requested_at: Date | null;
  causation_id: string;
  traceparent: string | null;
  attempts: number;
  completed: boolean;
  unproven_at: Date[] | null;
  replies: ReplyRow[];
}

/** The intent, the person and the replies so far, in one round trip. */
const READ = `
select v.application_id, v.round, v.uscc, v.company_name_sha256, v.requested_amount_minor, v.declared_revenue_minor, v.policy_version, v.consents, v.query_ids, v.requested_at, v.round_requested_at, v.causation_id, v.traceparent, v.attempts,
  v.outcome is not null as completed,
  (select array_agg(r.consent_id::text) from revoked_consent r where r.application_id = v.application_id) as revoked, case when a.applicant_record_id is not null then to_json(a.*) end as applicant,
  (select array_agg(o.requested_at) from verification o join applicant_record b using (applicant_record_id) where o.uscc = v.uscc and o.identity_unproven
    and o.application_id <> v.application_id and o.requested_at <= v.requested_at and b.tenant_id = a.tenant_id and b.partner_id = a.partner_id) as unproven_at,
  (select coalesce(json_agg(json_build_object('source', r.source, 'queryId', r.query_id, 'sha256', r.sha256, 'fetchedAt', r.fetched_at,
    'consentId', r.consent_id, 'body', r.body, 'encrypted', r.body_encrypted)), '[]') from (
    select distinct on (source) * from source_reply where application_id = v.application_id
      and (v.round = 1 or source <> all($2::text[]) or query_id::text = v.query_ids ->> source) order by source, fetched_at desc) r) as replies
from verification v left join applicant_record a using (applicant_record_id, application_id) where v.application_id = $1`;

/**
 * The rings, each count over one index. Who was recorded before a change of keys is found too: the look-up runs over every form that the hash may have,
 * which takes the values in the clear. $4 and $5 are the days of the two windows.
 */
const COUNT_RINGS = `
with v as (select uscc, requested_at from verification where application_id = $1)
select (select count(distinct o.uscc) from verification o, v where o.device_index = any($2::text[])
    and o.requested_at > v.requested_at - make_interval(days => $4) and o.requested_at <= v.requested_at) as device_firms,
  (select count(distinct o.uscc) from verification o, v where o.mobile_index = any($3::text[])
    and o.requested_at > v.requested_at - make_interval(days => $4) and o.requested_at <= v.requested_at) as mobile_firms,
  (select count(*) from verification o, v where o.uscc = v.uscc and (o.application_id = $1 or not o.identity_unproven)
    and o.requested_at > v.requested_at - make_interval(days => $5) and o.requested_at <= v.requested_at) as applications`;

/** A record of the old form has no data key yet; the first reply that is stored with it needs one. */
const GIVE_KEY = 'update applicant_record set wrapped_key = coalesce(wrapped_key, $2) where applicant_record_id = $1 returning wrapped_key';

/** The firm of a verification as its sources are asked about it, with those who are screened beside it. */
export function subjectOf<V extends Pick<StoredVerification, 'guarantors'>>(verification: V): Omit<V, 'guarantors'> & { readonly guarantors: Guarantor[] } {
  return { ...verification, guarantors: verification.guarantors.map(({ guarantor }) => guarantor) };
}

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

  /** @throws BrokenSealError where the record of the person, or a reply that names it, is not what was stored. */
  async read(applicationId: string): Promise<StoredVerification | undefined> {
    const { rows } = await this.database.query<VerificationRow>(READ, [applicationId, ASKED_EVERY_ROUND]);
    const [row] = rows;
    if (!row) return undefined;
    if (!row.applicant) throw new BrokenSealError(`the applicant_record that the verification ${applicationId} names is not its own`);
    const revoked = new Set(row.revoked);
    const { applicant, cipher } = await this.#openApplicant(row.applicant);
    const rings = await this.#countRings(applicationId, applicant, policyOf(row.policy_version).verification);
    return {
      applicationId: row.application_id,
      round: row.round,
      uscc: row.uscc,
      companyNameSha256: row.company_name_sha256,
      requestedAmountMinor: parseMinor(row.requested_amount_minor),
      declaredRevenueMinor: parseMinor(row.declared_revenue_minor),
      policyVersion: row.policy_version,
      consents: row.consents.filter(({ consentId }) => !revoked.has(consentId.toLowerCase())),
      revoked: row.consents.filter(({ consentId }) => revoked.has(consentId.toLowerCase())),
      queryIds: row.query_ids,
      requestedAt: row.requested_at,
      roundRequestedAt: row.round_requested_at ?? row.requested_at,
      causationId: row.causation_id,
      traceparent: row.traceparent ?? undefined,
      attempts: row.attempts,
      completed: row.completed,
      applicant,
      cipher,
      guarantors: await readGuarantorChecks(this.database, this.cipher, applicationId),
      replies: new Map(row.replies.map((reply) => [reply.source, openReply(reply, cipher)])),
      ...rings,
      unprovenAt: row.unproven_at ?? [],
    };
  }

  async #openApplicant(row: StoredRow): Promise<OpenedApplicant> {
    const opened = openApplicant(row, this.cipher);
    if (row['wrapped_key'] !== null) return opened;
    const { rows } = await this.database.query<{ wrapped_key: string }>(GIVE_KEY, [row['applicant_record_id'], opened.cipher.wrappedKey]);
    return openApplicant({ ...row, wrapped_key: rows[0]!.wrapped_key }, this.cipher);
  }

  async #countRings(
    applicationId: string,
    { deviceFingerprint, mobile }: Applicant,
    { ringDays, repeatDays }: Pick<VerificationParameters, 'ringDays' | 'repeatDays'>,
  ): Promise<Rings> {
    const devices = deviceFingerprint === null ? [] : this.cipher.blindIndexes(deviceFingerprint);
    const { rows } = await this.database.query<Record<'device_firms' | 'mobile_firms' | 'applications', string>>(COUNT_RINGS, [
      applicationId,
      devices,
      this.cipher.blindIndexes(mobile),
      ringDays,
      repeatDays,
    ]);
    const [counts] = rows;
    return { deviceFirms30d: Number(counts!.device_firms), mobileFirms30d: Number(counts!.mobile_firms), applications7d: Number(counts!.applications) };
  }
}

function openReply(row: ReplyRow, cipher: RecordCipher): SourceReply {
  const body: unknown = JSON.parse(row.encrypted ? cipher.decryptIn(attachedPlace(PERSONAL_REPLIES, row.queryId), row.body) : row.body);
  return { source: row.source, queryId: row.queryId, sha256: row.sha256, fetchedAt: new Date(row.fetchedAt), consentId: row.consentId, body };
}
