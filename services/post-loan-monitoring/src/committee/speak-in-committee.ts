import type { Clock } from '@millrace/contracts';
import type { CommitteeMinutesAnswer } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { concludeVote, declareConflict, decideTask, findTask, minutesOf, stepsOf, votesOf, type Statements, type Task } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { COMMITTEE_KINDS, type CommitteeKind } from './committee-kinds.js';
import type { ConflictDto, VoteDto } from './committee.dto.js';
import { refuseWord } from './refuse-word.js';

/** Minutes of a committee, as the API describes them. */
export type CommitteeView = CommitteeMinutesAnswer;

/** What a member says to the task, and whether it was said already. */
interface Word {
  isKnown(tx: EventTransaction, task: Task): Promise<boolean>;
  say(tx: EventTransaction, kind: CommitteeKind, now: Date): Promise<unknown>;
}

/** Members of a committee vote, declare what excludes them, conclude, and read the minutes (R-UW-05). */
@Injectable()
export class SpeakInCommittee {
  constructor(
    private readonly database: Database,
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async minutes(principal: Principal, loanId: string, taskId: string): Promise<CommitteeView> {
    requireRight(principal, 'reviewTask');
    return viewOf(this.database, await committeeTask(this.database, principal, loanId, taskId));
  }

  vote(principal: Principal, loanId: string, taskId: string, voteId: string, { decision, reasonCode: reason, comment }: VoteDto): Promise<CommitteeView> {
    return this.#speak(principal, loanId, taskId, {
      isKnown: async (tx, task) =>
        (await votesOf(tx, task)).some((vote) => vote.voteId === voteId && vote.voter === principal.id && vote.decision === decision),
      say: (tx, kind, now) => decideTask(tx, kind, taskId, { decision, parameters: {}, reason, comment, voteId, by: personOf(principal) }, now),
    });
  }

  conflict(principal: Principal, loanId: string, taskId: string, { reason }: ConflictDto): Promise<CommitteeView> {
    return this.#speak(principal, loanId, taskId, {
      isKnown: async (tx, task) => (await votesOf(tx, task)).some((vote) => vote.decision === null && vote.voter === principal.id && vote.reason === reason),
      say: (tx, kind, now) => declareConflict(tx, kind, taskId, personOf(principal), reason, now),
    });
  }

  conclude(principal: Principal, loanId: string, taskId: string): Promise<CommitteeView> {
    return this.#speak(principal, loanId, taskId, {
      isKnown: async (tx, task) => task.status !== 'open' && (await stepsOf(tx, taskId)).some((step) => step.action === 'DECIDE' && step.by === principal.id),
      say: (tx, kind, now) => concludeVote(tx, kind, taskId, personOf(principal), now),
    });
  }

  async #speak(principal: Principal, loanId: string, taskId: string, word: Word): Promise<CommitteeView> {
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const task = await committeeTask(tx, principal, loanId, taskId);
      if (!(await word.isKnown(tx, task))) {
        try {
          await word.say(tx, COMMITTEE_KINDS.get(task.kind)!, this.clock.now());
        } catch (error) {
          refuseWord(error);
        }
      }
      return viewOf(tx, await committeeTask(tx, principal, loanId, taskId));
    });
  }
}

const personOf = ({ id, roles }: Principal) => ({ name: id, roles });

/** The task, if it is one of a committee about this loan of the principal's lender; throws `NOT_FOUND` otherwise. */
async function committeeTask(db: Statements, { kind, tenantId }: Principal, loanId: string, taskId: string): Promise<Task> {
  const task = kind === 'staff' ? await findTask(db, taskId) : undefined;
  if (!task || task.tenantId !== tenantId || task.subjectId !== loanId || !COMMITTEE_KINDS.has(task.kind)) throw notFound('committee');
  return task;
}

async function viewOf(db: Statements, task: Task): Promise<CommitteeView> {
  const kind = COMMITTEE_KINDS.get(task.kind)!;
  const { question, convenedAt, votes, conflicts, outcome, because, decidedAt } = minutesOf(kind, task, await votesOf(db, task));
  return {
    taskId: task.taskId,
    loanId: task.subjectId,
    kind: task.kind,
    question,
    status: task.status,
    decisions: kind.decisions.map(({ name }) => name),
    reasonCodes: kind.decisions.flatMap(({ reasons }) => reasons),
    seats: kind.vote.seats,
    quorum: kind.vote.quorum,
    convenedAt: convenedAt.toISOString(),
    dueAt: task.dueAt.toISOString(),
    votes: votes.map(({ voter, decision, reason, comment, hasVeto, at }) => ({
      ...{ voter, decision: decision!, reasonCode: reason, comment, hasVeto, at: at.toISOString() },
    })),
    conflicts: conflicts.map(({ voter, reason, at }) => ({ voter, reason, at: at.toISOString() })),
    outcome,
    because: because as CommitteeView['because'],
    failure: task.failure,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
