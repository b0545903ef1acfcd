import type { Clock } from '@millrace/contracts';
import type { ReviewHolderAnswer } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, notFound, type Principal } from '@millrace/service';
import { claimTask, delegateTask, releaseTask, type Person, type Task, type TaskKind } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { DUTY_OF_STAGE } from '../duty/duty-table.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { refuseTask } from './refuse-task.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';
import { ReviewTask } from '../review-task/review-task.entity.js';

type Move = (tx: EventTransaction, kind: TaskKind, taskId: string, by: Person, now: Date) => Promise<Task>;

/** A member of staff takes a review task, gives it back or hands it on; saying the same again changes nothing. */
@Injectable()
export class HoldReview {
  constructor(
    private readonly db: Database,
    private readonly duties: SegregationOfDuties,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  claim(principal: Principal, reviewTaskId: string): Promise<ReviewHolderAnswer> {
    return this.#move(principal, reviewTaskId, claimTask);
  }

  release(principal: Principal, reviewTaskId: string): Promise<ReviewHolderAnswer> {
    return this.#move(principal, reviewTaskId, releaseTask);
  }

  delegate(principal: Principal, reviewTaskId: string, to: string): Promise<ReviewHolderAnswer> {
    return this.#move(principal, reviewTaskId, (tx, kind, taskId, by, now) => delegateTask(tx, kind, taskId, by, to, now), to);
  }

  /** `to`: who is to have it afterwards, where that is somebody else, who is then the one that a refusal speaks of. */
  async #move(principal: Principal, reviewTaskId: string, move: Move, to?: string): Promise<ReviewHolderAnswer> {
    const found = await this.db.repository(ReviewTask).findOneBy({ reviewTaskId, tenantId: principal.tenantId });
    if (principal.kind !== 'staff' || !found) throw notFound('review task');
    const by = { name: principal.id, roles: principal.roles };
    const { applicationId, stage } = found;
    const { claimedBy, claimedAt } = await this.duties
      .guard(principal, { applicationId, duty: DUTY_OF_STAGE[stage], reviewTaskId, stage, ...(to === undefined ? {} : { person: to }) }, (tx) =>
        move(tx, REVIEW_KINDS[stage], reviewTaskId, by, this.clock.now()),
      )
      .catch(refuseTask);
    return { reviewTaskId, claimedBy, claimedAt: claimedAt?.toISOString() ?? null };
  }
}
