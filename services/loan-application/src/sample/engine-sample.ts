import type { Clock } from '@millrace/contracts';
import type { EngineSampleAnswer, SampleFindingAnswer } from '@millrace/contracts/api';
import { CLOCK, Database, notFound, Problem, requireRight, requireRole, type Principal } from '@millrace/service';
import { commentHash, decideTask, findTask, markApplied, TaskRefused } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { claimRequest } from '../request/claim-request.js';
import { ENGINE_SAMPLE } from './engine-sample.task.js';
import type { SampleFindingDto, SamplePeriodDto } from './sample.dto.js';

/** Beginning of a day in Shanghai, so many days later. */
const DAY = (parameter: string, later = 0): string => `(${parameter}::date + ${later})::timestamp at time zone 'Asia/Shanghai'`;
const TASK_OF = `select task_id as "taskId" from task where kind = $1 and subject_id = $2 and tenant_id = $3 and status <> 'closed'`;
const FIGURES = `select count(*)::int as sampled, count(t.decision)::int as "lookedAt", count(*) filter (where t.decision = 'confirmed')::int as confirmed,
  count(*) filter (where t.decision = 'would-refuse')::int as "wouldRefuse" from task t
  where t.kind = $1 and t.tenant_id = $2 and t.opened_at >= ${DAY('$3')} and t.opened_at < ${DAY('$4', 1)}`;
const BY_REASON = `select t.reason as "reasonCode", count(*)::int as count from task t
  where t.kind = $1 and t.tenant_id = $2 and t.opened_at >= ${DAY('$3')} and t.opened_at < ${DAY('$4', 1)} and t.decision = 'would-refuse' group by t.reason order by t.reason`;
const APPROVED = `select count(*)::int as approved from application_history h join application a using (application_id)
  where a.tenant_id = $1 and h.trigger = 'ScoredApprove' and h.effect = 'moved' and h.at >= ${DAY('$2')} and h.at < ${DAY('$3', 1)}`;

/** What people find afterwards of the approvals of the engine (R-UW-07, R-OP-03). */
@Injectable()
export class EngineSample {
  constructor(
    private readonly db: Database,
    private readonly advance: AdvanceApplication,
    private readonly duties: SegregationOfDuties,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(principal: Principal, applicationId: string, findingId: string, body: SampleFindingDto): Promise<SampleFindingAnswer> {
    const { rows } = await this.db.query<{ taskId: string }>(TASK_OF, [ENGINE_SAMPLE.kind, applicationId, principal.tenantId]);
    const taskId = rows[0]?.taskId;
    if (principal.kind !== 'staff' || !taskId) throw notFound('sample');
    requireRole(principal, 'credit_approver');
    const { outcome, reasonCode, comment } = body;
    await this.duties
      .guard(principal, { applicationId, duty: 'sampler' }, async (tx, application) => {
        const now = this.clock.now();
        if (!(await claimRequest(tx, principal, { resource: 'sample finding', requestId: findingId, applicationId, body }, now))) return;
        const by = { name: principal.id, roles: principal.roles };
        const said = await decideTask(
          tx,
          ENGINE_SAMPLE,
          taskId,
          { decision: outcome, parameters: {}, reason: reasonCode, comment, voteId: findingId, by },
          now,
        );
        if (said.kind !== 'decided') throw new Error(`one person decides ${taskId}, and it is not decided`);
        await markApplied(tx, said.task, now);
        const seal = comment === undefined ? {} : { commentSha256: commentHash(comment) };
        await this.advance.note(tx, application, 'SampleLookedAt', reasonCode, { decisionId: findingId, stage: outcome, ...seal });
      })
      .catch(refuseFinding);
    const task = (await findTask(this.db, taskId))!;
    return { applicationId, taskId, outcome: task.decision as SampleFindingDto['outcome'], reasonCode: task.reason!, decidedAt: task.decidedAt!.toISOString() };
  }

  async figures(principal: Principal, { from, to }: SamplePeriodDto): Promise<EngineSampleAnswer> {
    requireRight(principal, 'portfolioReport');
    const period = [ENGINE_SAMPLE.kind, principal.tenantId, from, to];
    const { rows } = await this.db.query<Pick<EngineSampleAnswer, 'sampled' | 'lookedAt' | 'confirmed' | 'wouldRefuse'>>(FIGURES, period);
    const { rows: reasons } = await this.db.query<{ reasonCode: string; count: number }>(BY_REASON, period);
    const { rows: approved } = await this.db.query<{ approved: number }>(APPROVED, [principal.tenantId, from, to]);
    return { from, to, approvedByEngine: approved[0]!.approved, ...rows[0]!, reasons };
  }
}

const TITLES: Partial<Record<string, readonly [status: number, title: string]>> = {
  REASON_UNKNOWN: [400, 'There is no such reason for this decision.'],
  ALREADY_DECIDED: [409, 'The task is decided already.'],
  CLAIMED_BY_OTHER: [409, 'A colleague has taken this task.'],
};

function refuseFinding(error: unknown): never {
  const known = error instanceof TaskRefused ? TITLES[error.code] : undefined;
  if (!(error instanceof TaskRefused) || !known) throw error;
  throw new Problem({ status: known[0], code: error.code, title: known[1], detail: `${error.message}.` });
}
