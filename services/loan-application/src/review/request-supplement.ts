import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { codesFor } from '@millrace/reasons';
import { CLOCK, Database, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { checkIndependence, keyOf, lockOpen, TaskRefused } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import { DUTY_OF_STAGE } from '../duty/duty-table.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';
import { ReviewTask } from '../review-task/review-task.entity.js';
import { AskSupplement } from '../supplement/ask-supplement.js';
import type { RequestSupplementDto } from '../supplement/supplement.dto.js';
import { refuseTask } from './refuse-task.js';

/** A member of staff sends an application back to the applicant, naming field and reason; the task ends with it, and the checks run again with the answer (R-AP-08). */
@Injectable()
export class RequestSupplement {
  constructor(
    private readonly db: Database,
    private readonly duties: SegregationOfDuties,
    private readonly advance: AdvanceApplication,
    private readonly supplements: AskSupplement,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `SOD_VIOLATION`, `CLAIMED_BY_OTHER`, `WRONG_STATUS`, `REASON_UNKNOWN` and `SUPPLEMENT_ROUNDS_USED`. */
  async request(principal: Principal, reviewTaskId: string, supplementRequestId: string, body: RequestSupplementDto): Promise<void> {
    const task = await this.db.repository(ReviewTask).findOneBy({ reviewTaskId, tenantId: principal.tenantId });
    if (principal.kind !== 'staff' || !task) throw notFound('review task');
    requireRole(principal, REVIEW_KINDS[task.stage].roles[0]!);
    refuseUnknownReasons(body);
    const { applicationId, stage } = task;
    await this.duties
      .guard(principal, { applicationId, duty: DUTY_OF_STAGE[stage], reviewTaskId, stage }, (tx) =>
        this.#request(tx, principal, task, supplementRequestId, body),
      )
      .catch(refuseTask);
  }

  async #request(
    tx: EventTransaction,
    principal: Principal,
    { applicationId, reviewTaskId, stage }: ReviewTask,
    requestId: string,
    { items }: RequestSupplementDto,
  ): Promise<void> {
    const application = await this.advance.lockKnown(tx, applicationId);
    const claim = { resource: 'supplement request', requestId, applicationId, body: { reviewTaskId, items } };
    if (!(await claimRequest(tx, principal, claim, this.clock.now()))) return;
    if (!APPLICATION_PROCESS.takes(application.status, 'SupplementAsked')) throw wrongStatus(application.status);
    const kind = REVIEW_KINDS[stage];
    const task = await lockOpen(tx, kind, reviewTaskId);
    await checkIndependence(tx, kind, task, keyOf({ name: principal.id, roles: principal.roles }));
    refuseHeld(task.claimedBy, principal);
    const change = { trigger: 'SupplementAsked', reason: 'ASKED_BY_PERSON', evidence: { reviewTaskId, stage } } as const;
    if (!(await this.supplements.ask(tx, application, { items, staffId: principal.id, change }))) throw roundsUsed(application.policyVersion);
  }
}

/** Nobody takes a task out of the hands of a colleague by sending its application back. */
function refuseHeld(claimedBy: string | null, { id }: Principal): void {
  if (claimedBy === null || claimedBy === id) return;
  throw new TaskRefused('CLAIMED_BY_OTHER', `${claimedBy} has taken this task; it has to be given back first`);
}

function refuseUnknownReasons({ items }: RequestSupplementDto): void {
  const allowed: readonly string[] = codesFor('supplement');
  const errors = items.flatMap(({ reasonCode }, at) =>
    allowed.includes(reasonCode) ? [] : [{ field: `items.${at}.reasonCode`, message: `must be one of: ${allowed.join(', ')}` }],
  );
  if (errors.length === 0) return;
  throw new Problem({
    status: 400,
    code: 'REASON_UNKNOWN',
    title: 'There is no such reason for asking an applicant.',
    detail: `Give one of: ${allowed.join(', ')}.`,
    errors,
  });
}

function roundsUsed(policyVersion: string): Problem {
  const { supplementRounds } = policyOf(policyVersion).hearing;
  return new Problem({
    status: 409,
    code: 'SUPPLEMENT_ROUNDS_USED',
    title: 'The applicant can be asked no further time.',
    detail: `By its policy release an applicant is asked ${supplementRounds} times at most. Decide on what there is.`,
  });
}
