import { businessDate, FieldVisitPlanned, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, Database, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import { Application } from '../application/application.entity.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import type { PlanVisitDto } from './visit.dto.js';
import { checklistOn } from './visit-checklists.js';

const INSERT = `insert into field_visit (visit_id, application_id, review_task_id, investigator, planned_on, planned_by, planned_at, checklist_version)
select $1, $2, t.review_task_id, $3, $4, $5, $6, $7 from review_task t where t.application_id = $2 and t.status = 'open' and t.stage = 'visit'`;

/** Who visits the firm, and when (R-UW-06). A later plan takes the place of an earlier one that was not reported. */
@Injectable()
export class PlanVisit {
  constructor(
    private readonly db: Database,
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly duties: SegregationOfDuties,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async plan(principal: Principal, applicationId: string, visitId: string, body: PlanVisitDto): Promise<void> {
    const known = await this.db.repository(Application).findOneBy({ applicationId, tenantId: principal.tenantId });
    if (principal.kind !== 'staff' || !known) throw notFound('application');
    requireRole(principal, 'credit_approver', 'risk_officer');
    const { investigator, plannedOn } = body;
    const attempt = { applicationId, duty: 'investigator', stage: 'visit', person: investigator } as const;
    await this.runner
      .runInTurn(applicationId, contextOf(principal), async (tx) => {
        const now = this.clock.now();
        const application = await this.advance.lockKnown(tx, applicationId);
        if (!(await claimRequest(tx, principal, { resource: 'visit', requestId: visitId, applicationId, body }, now))) return;
        if (APPLICATION_PROCESS.rule(application.status).task !== 'visit') throw wrongStatus(application.status);
        await this.duties.check(tx, application, 'investigator', investigator);
        const today = businessDate(now);
        if (plannedOn < today) throw dayPassed(today);
        const { version } = checklistOn(today);
        const { rowCount } = await tx.query(INSERT, [visitId, applicationId, investigator, plannedOn, principal.id, now, version]);
        if (!rowCount) throw new Error(`the application ${applicationId} waits for a visit, and no task asks for it`);
        await this.advance.note(tx, application, 'VisitPlanned', 'VISIT_PLANNED', { visitId, investigator });
        tx.emit(new FieldVisitPlanned({ applicationId, visitId, investigator, plannedOn, checklistVersion: version }));
      })
      .catch((error: unknown) => this.duties.refuse(principal, attempt, error));
  }
}

function dayPassed(today: string): Problem {
  return new Problem({
    status: 400,
    code: 'VISIT_DAY_WRONG',
    title: 'The day of the visit cannot be.',
    detail: `A visit is planned for today or later, and is reported of a day until today; today is ${today}.`,
  });
}
