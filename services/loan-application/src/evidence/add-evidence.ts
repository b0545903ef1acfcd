import { EvidenceAdded, MAX_EVIDENCE_FILES, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { ReadApplications } from '../application/read-applications.js';
import { claimRequest } from '../request/claim-request.js';
import type { AddEvidenceDto } from './evidence.dto.js';

const ADD = `insert into evidence_file (evidence_id, application_id, number, kind, media_type, bytes, sha256, scan, by_staff, uploaded_by, uploaded_at)
  select $1, $2, count(*) + 1, $3, $4, $5, $6, $7, $8, $9, $10 from evidence_file where application_id = $2 having count(*) < ${MAX_EVIDENCE_FILES}
  on conflict (evidence_id) do nothing`;
const ID_TAKEN = 'select 1 from evidence_file where evidence_id = $1';

/** Adds a file to an application: of the applicant or of the lender's staff, in any status, as an appeal and a field visit have evidence too (R-AP-03). */
@Injectable()
export class AddEvidence {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** True where the file is new; false for the same again. Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `TOO_MANY_FILES`. */
  async add(principal: Principal, applicationId: string, evidenceId: string, body: AddEvidenceDto): Promise<boolean> {
    if (principal.kind !== 'partner') requireRole(principal, 'account_manager', 'risk_officer', 'credit_approver', 'payment_officer');
    await this.applications.find(principal, applicationId);
    return this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const now = this.clock.now();
      if (!(await claimRequest(tx, principal, { resource: 'evidence', requestId: evidenceId, applicationId, body }, now))) return false;
      const { kind, mediaType, bytes, sha256, scan } = body;
      const byStaff = principal.kind === 'staff';
      const { rowCount } = await tx.query(ADD, [evidenceId, applicationId, kind, mediaType, bytes, sha256, scan, byStaff, principal.id, now]);
      if (rowCount === 0) {
        const { rows } = await tx.query(ID_TAKEN, [evidenceId]);
        throw rows.length > 0 ? idReused('evidence') : tooMany();
      }
      await this.advance.note(tx, application, 'EvidenceAdded', 'EVIDENCE_ADDED', { evidenceId, contentSha256: sha256 });
      tx.emit(new EvidenceAdded({ applicationId, evidenceId, kind, sha256, bytes, scan, byStaff, addedAt: now.toISOString() }));
      return true;
    });
  }
}

const tooMany = (): Problem =>
  new Problem({
    status: 409,
    code: 'TOO_MANY_FILES',
    title: 'The application has as many files as it may have.',
    detail: `An application has at most ${MAX_EVIDENCE_FILES} files; put several pages into one.`,
  });
