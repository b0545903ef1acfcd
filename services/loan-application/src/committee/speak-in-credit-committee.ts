import type { Clock } from '@millrace/contracts';
import type { CreditCommitteeMinutesAnswer } from '@millrace/contracts/api';
import { meansFraud, toldOfRefusal } from '@millrace/reasons';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import {
  CLOCK,
  CommitteeRoom,
  refuseConflicted,
  Database,
  Problem,
  requireRight,
  requireRole,
  type ConflictDto,
  type MinutesView,
  type Principal,
  type VoteDto,
} from '@millrace/service';
import { addFacts, lockTask, markApplied, sendBack, TaskRefused, type DecidedTask, type Task, type TaskVote } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { markFirm } from '../application/firm-watch.js';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Application, Decision } from '../application/application.entity.js';
import { ApprovalMatrix } from '../approval/approval-matrix.js';
import { approvedOffer, otherTenor, type WishedTerms } from '../approval/approved-offer.js';
import { LoanApplicationConfig } from '../config.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { insertOffer } from '../offer/insert-offer.js';
import { ProductCatalogue } from '../product/product-catalogue.js';
import { claimRequest } from '../request/claim-request.js';
import { CREDIT_COMMITTEES } from '../review-task/review.task.js';
import type { ReviewContent } from '../review-task/review-draft.js';
import type { MotionDto } from './motion.dto.js';
import { refuseCreditWord } from './refuse-credit-word.js';

/** Why the votes of before are void, as the minutes say it. */
const OTHER_TERMS = 'other terms are voted on';

type Facts = Required<ReviewContent>;

/** The credit committee decides on an application: each word is held against the duties and the hard rules, and the last one takes effect in its own transaction (R-UW-05). */
@Injectable()
export class SpeakInCreditCommittee {
  readonly #room: CommitteeRoom;

  constructor(
    private readonly database: Database,
    runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly duties: SegregationOfDuties,
    private readonly matrix: ApprovalMatrix,
    private readonly catalogue: ProductCatalogue,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#room = new CommitteeRoom(runner, clock, CREDIT_COMMITTEES, {
      before: (tx, principal, task, decision) => this.#before(tx, principal, task, decision),
      decided: (tx, principal, task) => this.#decided(tx, principal, task),
    });
  }

  async minutes(principal: Principal, applicationId: string, taskId: string): Promise<CreditCommitteeMinutesAnswer> {
    requireRight(principal, 'reviewTask');
    return told(applicationId, await this.#room.minutes(this.database, principal, applicationId, taskId));
  }

  vote(principal: Principal, applicationId: string, taskId: string, voteId: string, body: VoteDto): Promise<CreditCommitteeMinutesAnswer> {
    return this.#say(principal, applicationId, taskId, this.#room.vote(principal, applicationId, taskId, voteId, body));
  }

  conflict(principal: Principal, applicationId: string, taskId: string, body: ConflictDto): Promise<CreditCommitteeMinutesAnswer> {
    return this.#say(principal, applicationId, taskId, this.#room.conflict(principal, applicationId, taskId, body));
  }

  conclude(principal: Principal, applicationId: string, taskId: string): Promise<CreditCommitteeMinutesAnswer> {
    return this.#say(principal, applicationId, taskId, this.#room.conclude(principal, applicationId, taskId));
  }

  async #say(principal: Principal, applicationId: string, reviewTaskId: string, word: Promise<MinutesView>): Promise<CreditCommitteeMinutesAnswer> {
    const attempt = { applicationId, duty: 'approver', reviewTaskId, stage: 'committee' } as const;
    return told(applicationId, await word.catch((error: unknown) => this.duties.refuse(principal, attempt, error)).catch(refuseCreditWord));
  }

  /** The application is locked before its task, as whoever moves it does; a yes that the engine would refuse is not taken. */
  async #before(tx: EventTransaction, principal: Principal, task: Task, decision: string | null): Promise<void> {
    const application = await this.advance.lockKnown(tx, task.subjectId);
    await this.duties.check(tx, application, 'approver', principal.id);
    if (decision !== 'approve' || task.status !== 'open') return;
    const outcome = await this.#offer(application, task);
    if ('obstacle' in outcome) throw new Problem({ status: 409, ...outcome.obstacle });
  }

  #offer(application: Application, task: Pick<Task, 'facts'>) {
    const { figures } = task.facts as unknown as Facts;
    const { proposedAmountMinor, tenorMonths } = figures;
    return this.#offerOn(application, { proposedMinor: BigInt(proposedAmountMinor!), tenorMonths });
  }

  async #offerOn(application: Application, wish: WishedTerms) {
    const product = wish.tenorMonths === undefined ? undefined : await this.catalogue.find(application.productCode);
    return approvedOffer(application, wish, { matrix: this.matrix, lenderName: this.config.lenderName, product }, this.clock.now());
  }

  /** Other terms are voted on from now on, within what the engine has proposed; votes on those of before are void. */
  async move(principal: Principal, applicationId: string, taskId: string, motionId: string, body: MotionDto): Promise<CreditCommitteeMinutesAnswer> {
    // The task has to be one of the principal's lender.
    await this.#room.minutes(this.database, principal, applicationId, taskId);
    requireRole(principal, 'credit_approver', 'risk_officer');
    const attempt = { applicationId, duty: 'approver', reviewTaskId: taskId, stage: 'committee' } as const;
    await this.duties.guard(principal, attempt, (tx, application) => this.#move(tx, principal, application, taskId, motionId, body)).catch(refuseCreditWord);
    return told(applicationId, await this.#room.minutes(this.database, principal, applicationId, taskId));
  }

  async #move(tx: EventTransaction, principal: Principal, application: Application, taskId: string, motionId: string, body: MotionDto): Promise<void> {
    const now = this.clock.now();
    const { applicationId } = application;
    if (!(await claimRequest(tx, principal, { resource: 'committee motion', requestId: motionId, applicationId, body: { taskId, ...body } }, now))) return;
    await refuseConflicted(tx, taskId, principal);
    const task = await lockTask(tx, taskId);
    if (task?.status !== 'open')
      throw new TaskRefused(task?.status === 'closed' ? 'TASK_CLOSED' : 'ALREADY_DECIDED', 'the committee has nothing to vote on any more');
    const { figures, ceilingMinor = figures.proposedAmountMinor! } = task.facts as unknown as Facts & { readonly ceilingMinor?: string };
    const { amountMinor = ceilingMinor, tenorMonths } = body;
    if (amountMinor === figures.proposedAmountMinor && (tenorMonths ?? application.tenorMonths) === (figures.tenorMonths ?? application.tenorMonths))
      throw termsUnchanged();
    const outcome = await this.#offerOn(application, { proposedMinor: BigInt(ceilingMinor), amountMinor: BigInt(amountMinor), tenorMonths });
    if ('obstacle' in outcome) throw new Problem({ status: 409, ...outcome.obstacle });
    const { effectiveAnnualRateBps } = outcome.offer;
    const { tenorMonths: _, ...others } = figures;
    const moved = { ...others, proposedAmountMinor: amountMinor, effectiveAnnualRateBps, ...otherTenor(application, outcome.offer) };
    await addFacts(tx, [...CREDIT_COMMITTEES.values()], applicationId, { figures: moved, ceilingMinor });
    await sendBack(tx, taskId, OTHER_TERMS, now);
    await this.advance.note(tx, application, 'TermsMoved', 'TERMS_MOVED', { reviewTaskId: taskId, amountMinor, ...otherTenor(application, outcome.offer) });
  }

  async #decided(tx: EventTransaction, principal: Principal, task: DecidedTask): Promise<void> {
    const now = this.clock.now();
    const { taskId, subjectId: applicationId, decision } = task;
    const application = await this.advance.lockKnown(tx, applicationId);
    const outcome = decision === 'approve' ? await this.#offer(application, task) : undefined;
    // A yes by the votes of before meets what has come since: people begin anew.
    if (outcome && 'obstacle' in outcome) return sendBack(tx, taskId, outcome.obstacle.title, now);
    await markApplied(tx, task, now);
    const offer = outcome?.offer;
    const { tier, reasons } = task.facts as unknown as Facts;
    const carried = weightiest(task.votes, decision);
    const made = { tier: 'T2', stage: 'approval', decidedAt: now.toISOString() } as const;
    const decided: Decision = offer
      ? { ...made, outcome: 'approved', amountMinor: offer.amountMinor, rateBps: offer.rateBps, ...otherTenor(application, offer), reasons }
      : { ...made, outcome: 'declined', amountMinor: null, rateBps: null, reasons: [toldOfRefusal(carried)] };
    // Of many votes the decision is one, under the id of the task.
    const ids = { reviewTaskId: taskId, decisionId: taskId, stage: 'committee' } as const;
    await this.advance.advance(tx, application, {
      trigger: offer ? 'ReviewCleared' : 'ReviewRejected',
      reason: task.reason,
      evidence: { ...ids, tier, ...(offer ? { offerId: offer.offerId, amountMinor: offer.amountMinor, ...otherTenor(application, offer) } : {}) },
      patch: { decision: decided },
      decided: { ...ids, decision: offer ? 'approve' : 'reject', staffId: principal.id, reasonCode: task.reason },
      confirmedFraud: !offer && meansFraud(carried),
      ...(offer ? { offer } : {}),
    });
    if (offer) await insertOffer(tx, applicationId, offer);
    else if (meansFraud(carried)) await markFirm(tx, application, carried, now);
  }
}

/** The reason that most of those who carried the decision have given; a veto is carried by who has it. */
function weightiest(votes: readonly TaskVote[], decision: string): string {
  const carrying = votes.filter((vote) => vote.decision === decision);
  const veto = decision === 'reject' ? carrying.find(({ hasVeto }) => hasVeto) : undefined;
  const byReason = [...Map.groupBy(carrying, ({ reason }) => reason).values()].sort((a, b) => b.length - a.length);
  return (veto ?? byReason[0]![0]!).reason;
}

const told = (applicationId: string, minutes: MinutesView): CreditCommitteeMinutesAnswer => ({ ...minutes, applicationId: applicationId.toLowerCase() });

/** The same terms once more would only void the votes that are there. */
const termsUnchanged = (): Problem =>
  new Problem({
    status: 409,
    code: 'TERMS_UNCHANGED',
    title: 'These terms are voted on already.',
    detail: 'A motion is for another amount or another tenor.',
  });
