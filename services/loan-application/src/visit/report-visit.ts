import { businessDate, FieldVisitReported, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { commentHash, decideTask, findTask, markApplied } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import { Application } from '../application/application.entity.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { refuseUnknownEvidence } from '../evidence/known-evidence.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';
import type { ReviewContent } from '../review-task/review-draft.js';
import { findVisits, taskVisit, type Visit } from './find-visits.js';
import { refuseVisitWord } from './refuse-visit-word.js';
import type { ReportVisitDto } from './visit.dto.js';
import { checklistOf } from './visit-checklists.js';
import { checklistFaults, visitScore } from './visit-policy.js';

const INSERT = `insert into field_visit_report (visit_id, report_id, visited_on, answers, score, evidence_ids, reported_by, reported_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;
const REPORTED = 'VISIT_REPORTED';

/** The investigator reports the visit: it is added to what whoever decides is shown, and the application goes on to one approver or the committee (R-UW-06, M-AM-04). */
@Injectable()
export class ReportVisit {
  constructor(
    private readonly db: Database,
    private readonly advance: AdvanceApplication,
    private readonly duties: SegregationOfDuties,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async report(principal: Principal, applicationId: string, visitId: string, reportId: string, body: ReportVisitDto): Promise<void> {
    const known = await this.db.repository(Application).findOneBy({ applicationId, tenantId: principal.tenantId });
    const visit = known && (await findVisits(this.db, applicationId)).find((one) => one.visitId === visitId.toLowerCase());
    if (principal.kind !== 'staff' || !visit) throw notFound('visit');
    requireRole(principal, 'credit_approver', 'risk_officer');
    const attempt = { applicationId, duty: 'investigator', stage: 'visit', reviewTaskId: visit.reviewTaskId } as const;
    await this.duties.guard(principal, attempt, (tx, application) => this.#report(tx, principal, application, visit, reportId, body)).catch(refuseVisitWord);
  }

  async #report(tx: EventTransaction, principal: Principal, application: Application, visit: Visit, reportId: string, body: ReportVisitDto): Promise<void> {
    const now = this.clock.now();
    const { applicationId } = application;
    const { visitId, reviewTaskId, investigator, checklistVersion } = visit;
    if (!(await claimRequest(tx, principal, { resource: 'visit report', requestId: reportId, applicationId, body: { visitId, ...body } }, now))) return;
    if (APPLICATION_PROCESS.rule(application.status).task !== 'visit') throw wrongStatus(application.status);
    const newest = (await findVisits(tx, applicationId)).at(-1)!;
    if (newest.visitId !== visitId) throw problem('VISIT_REPLACED', 409, 'Another visit was planned in place of this one.', 'GET …/visits shows which one.');
    if (investigator !== principal.id)
      throw problem(
        'NOT_THE_INVESTIGATOR',
        403,
        'The visit was given to another person.',
        'Whoever was to visit the firm reports it, or another visit is planned.',
      );
    const { answers, visitedOn, evidenceIds = [], notes } = body;
    const checklist = checklistOf(checklistVersion);
    const faults = checklistFaults(checklist, answers);
    if (faults.length > 0)
      throw problem('CHECKLIST_INCOMPLETE', 400, 'The checklist is not answered as it asks.', `By the checklist ${checklistVersion}: ${faults.join('; ')}.`);
    const today = businessDate(now);
    if (visitedOn > today || visitedOn < businessDate(visit.plannedAt))
      throw problem(
        'VISIT_DAY_WRONG',
        400,
        'The day of the visit cannot be.',
        `A visit is planned for today or later, and is reported of a day until today; today is ${today}.`,
      );
    await refuseUnknownEvidence(tx, applicationId, evidenceIds);
    const score = visitScore(checklist, answers);
    const saying = {
      decision: 'approve',
      parameters: {},
      reason: REPORTED,
      comment: notes,
      voteId: reportId,
      by: { name: principal.id, roles: principal.roles },
    };
    const said = await decideTask(tx, REVIEW_KINDS.visit, reviewTaskId, saying, now);
    if (said.kind !== 'decided') throw new Error(`one person reports ${visitId}, and its task is not decided`);
    await markApplied(tx, said.task, now);
    await tx.query(INSERT, [visitId, reportId, visitedOn, JSON.stringify(answers), score, evidenceIds, principal.id, now]);
    await this.#goOn(tx, principal, application, { ...visit, visitedOn, answers, score, evidenceIds, notes }, reportId);
    tx.emit(new FieldVisitReported({ applicationId, visitId, investigator, visitedOn, checklistVersion, score, evidenceCount: evidenceIds.length }));
  }

  async #goOn(tx: EventTransaction, { id: staffId }: Principal, application: Application, visit: Visit, decisionId: string): Promise<void> {
    const { visitId, reviewTaskId, score, notes } = visit;
    const { decider = 'T2', reasons, figures = {} } = (await findTask(tx, reviewTaskId))!.facts as unknown as ReviewContent;
    const ids = { reviewTaskId, decisionId, stage: 'visit' } as const;
    await this.advance.advance(tx, application, {
      trigger: decider === 'T1' ? 'ReviewCleared' : 'ReviewClearedForCommittee',
      reason: REPORTED,
      evidence: { ...ids, visitId, tier: 'T3', ...(score === null ? {} : { visitScore: score }), commentSha256: commentHash(notes) },
      review: { tier: decider, reasons, figures: { ...figures, visit: taskVisit(visit) } },
      decided: { ...ids, decision: 'approve', staffId, reasonCode: REPORTED },
    });
  }
}

function problem(code: string, status: number, title: string, detail: string): Problem {
  return new Problem({ status, code, title, detail });
}
