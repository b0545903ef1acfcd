import { type Finding } from '@millrace/contracts';
import type { VerificationAnswer } from '@millrace/contracts/api';
import { DEFAULT_LANGUAGE, isBureauCode, reasonOf, staffText, type CodeFor } from '@millrace/reasons';
import { CurrentPrincipal, Database, FieldCipher, hasRight, notFound, requireRight, type Principal, type StoredRow } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { maskApplicant } from '../applicant/applicant.js';
import { openApplicant } from '../applicant/applicant-record.js';

/** What staff see of a verification, as the API describes it. */
export type VerificationView = VerificationAnswer;

/** What points at a list: for those with the right to screenings alone, and for nobody else more than that there is something. */
const OF_SCREENING: ReadonlySet<string> = new Set<CodeFor<'finding'>>(['COMPLIANCE_STOP', 'WATCHLIST_POSSIBLE']);

/** Findings as the viewer may read them (R-LG-02, R-CR-09), each with its sentence. */
function shownFindings(findings: readonly Finding[], viewer: Principal): (Finding & { sentence: string })[] {
  return findings
    .filter(({ code }) => !isBureauCode(code) || hasRight(viewer, 'bureau'))
    .map((finding) => {
      if (OF_SCREENING.has(finding.code) && !hasRight(viewer, 'screening'))
        return { severity: finding.severity, ...reasonOf(finding.severity === 'red' ? 'APPLICATION_NOT_PROCESSED' : 'MANUAL_CHECK') };
      return { ...finding, sentence: staffText(finding.code, DEFAULT_LANGUAGE) };
    });
}

interface ViewRow {
  applicant: StoredRow;
  outcome: VerificationView['outcome'];
  fraud_score: number | null;
  findings: Finding[] | null;
  table_hashes: Record<string, string> | null;
  requested_at: Date;
  completed_at: Date | null;
  refused_queries: { source: string; consentId: string; refusedAt: string }[];
  provenance: { source: string; queryId: string; fetchedAt: string; consentId: string | null; replySha256: string }[];
}

const READ = `
select v.outcome, v.fraud_score, v.findings, v.table_hashes, v.requested_at, v.completed_at, to_json(a.*) as applicant,
  (select coalesce(json_agg(json_build_object('source', r.source, 'queryId', r.query_id, 'fetchedAt', r.fetched_at,
    'consentId', r.consent_id, 'replySha256', r.sha256) order by r.fetched_at, r.source), '[]')
    from source_reply r where r.application_id = v.application_id) as provenance,
  (select coalesce(json_agg(json_build_object('source', q.source, 'consentId', q.consent_id, 'refusedAt', q.refused_at) order by q.refused_at, q.source), '[]')
    from refused_query q where q.application_id = v.application_id) as refused_queries
from verification v join applicant_record a using (applicant_record_id, application_id) where v.application_id = $1 and a.tenant_id = $2`;

/** Verifications, for staff; partners get the outcome from the application itself. */
@Controller('verifications')
export class VerificationController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  /** Outcome, findings with their sentences, where every datum came from, and the person masked. */
  @Get(':applicationId')
  async get(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<VerificationView> {
    requireRight(principal, 'verification');
    const { rows } = await this.database.query<ViewRow>(READ, [applicationId, principal.tenantId]);
    const [row] = rows;
    if (!row) throw notFound('verification');
    return {
      applicationId,
      status: row.outcome ? 'completed' : 'in_progress',
      outcome: row.outcome,
      fraudScore: row.fraud_score,
      findings: shownFindings(row.findings ?? [], principal),
      provenance: row.provenance.map(({ consentId, fetchedAt, ...rest }) => ({
        ...rest,
        fetchedAt: new Date(fetchedAt).toISOString(),
        ...(consentId ? { consentId } : {}),
      })),
      refusedQueries: row.refused_queries.map(({ refusedAt, ...rest }) => ({ ...rest, refusedAt: new Date(refusedAt).toISOString() })),
      applicant: maskApplicant(openApplicant(row.applicant, this.cipher).applicant),
      requestedAt: row.requested_at.toISOString(),
      completedAt: row.completed_at?.toISOString() ?? null,
      tableHashes: row.table_hashes ?? {},
    };
  }
}
