import type { Clock } from '@millrace/contracts';
import type { EventTransaction, TransactionRunner } from '@millrace/messaging';
import {
  concludeVote,
  declareConflict,
  decideTask,
  findTask,
  isCast,
  isConflicted,
  keyOf,
  minutesOf,
  stepsOf,
  TaskRefused,
  votesOf,
  type CommitteeRule,
  type DecidedTask,
  type Said,
  type Statements,
  type Task,
  type TaskKind,
} from '@millrace/tasks';
import type { ConflictDto, VoteDto } from './committee.dto.js';
import { contextOf, type Principal } from './principal.js';
import { notFound } from './problem.js';

/** A kind of task that a committee decides. */
export type CommitteeKind = TaskKind & { readonly vote: CommitteeRule };

/** True for a kind that a committee decides. */
export const isCommittee = (kind: TaskKind): kind is CommitteeKind => kind.vote.kind === 'committee';

/** What the owner of the question adds to what a committee is anyway. */
export interface CommitteeOwner {
  /** Asked before each word, in its transaction; the decision is null for a conflict of interest and for a conclusion. */
  before?(tx: EventTransaction, principal: Principal, task: Task, decision: string | null): Promise<void>;
  /** Does what was decided in the transaction of the last word; without it a handler of the kind does it later. */
  decided?(tx: EventTransaction, principal: Principal, task: DecidedTask): Promise<void>;
}

/** What a member says to the task, and whether it was said already. */
interface Word {
  readonly decision: string | null;
  /** Nobody says it who has declared a conflict of interest. */
  readonly isOfMembers?: true;
  isKnown(tx: EventTransaction, task: Task): Promise<boolean>;
  say(tx: EventTransaction, kind: CommitteeKind, now: Date): Promise<Said>;
}

const personOf = ({ id, roles }: Principal) => ({ name: id, roles });

/** Minutes as the API tells them, without what the task is about. */
async function minutesView(db: Statements, kind: CommitteeKind, task: Task) {
  const { question, convenedAt, votes, conflicts, outcome, because, decidedAt } = minutesOf(kind, task, await votesOf(db, task));
  return {
    taskId: task.taskId,
    kind: task.kind,
    question,
    status: task.status,
    decisions: kind.decisions.map(({ name }) => name),
    reasonCodes: [...new Set(kind.decisions.flatMap(({ reasons }) => reasons))],
    seats: kind.vote.seats,
    quorum: kind.vote.quorum,
    convenedAt: convenedAt.toISOString(),
    dueAt: task.dueAt.toISOString(),
    votes: votes.map(({ voter, decision, reason, comment, hasVeto, at }) => ({
      ...{ voter, decision: decision!, reasonCode: reason, comment, hasVeto, at: at.toISOString() },
    })),
    conflicts: conflicts.map(({ voter, reason, at }) => ({ voter, reason, at: at.toISOString() })),
    outcome,
    because: because as 'MAJORITY' | 'NO_MAJORITY' | 'VETO' | null,
    failure: task.failure,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
export type MinutesView = Awaited<ReturnType<typeof minutesView>>;

/** Throws `ALREADY_VOTED` for whoever has declared a conflict of interest about the question, in whatever round. */
export async function refuseConflicted(tx: EventTransaction, taskId: string, principal: Principal): Promise<void> {
  if (await isConflicted(tx, taskId, keyOf(personOf(principal))))
    throw new TaskRefused('ALREADY_VOTED', 'you have declared a conflict of interest about this question, which excludes you from it');
}

/** Where members of a committee vote, declare what excludes them, conclude, and read the minutes (R-UW-05): the one way for every service that has a committee. */
export class CommitteeRoom {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly clock: Clock,
    private readonly kinds: ReadonlyMap<string, CommitteeKind>,
    private readonly owner: CommitteeOwner = {},
  ) {}

  async minutes(db: Statements, principal: Principal, subjectId: string, taskId: string): Promise<MinutesView> {
    return this.#view(db, await this.#task(db, principal, subjectId, taskId));
  }

  vote(principal: Principal, subjectId: string, taskId: string, voteId: string, { decision, reasonCode: reason, comment }: VoteDto): Promise<MinutesView> {
    return this.#speak(principal, subjectId, taskId, {
      decision,
      isKnown: (tx) => isCast(tx, taskId, { voteId, voterKey: keyOf(personOf(principal)), decision }),
      isOfMembers: true,
      say: (tx, kind, now) => decideTask(tx, kind, taskId, { decision, parameters: {}, reason, comment, voteId, by: personOf(principal) }, now),
    });
  }

  conflict(principal: Principal, subjectId: string, taskId: string, { reason }: ConflictDto): Promise<MinutesView> {
    return this.#speak(principal, subjectId, taskId, {
      decision: null,
      isKnown: async (tx, task) => (await votesOf(tx, task)).some((vote) => vote.decision === null && vote.voter === principal.id && vote.reason === reason),
      say: (tx, kind, now) => declareConflict(tx, kind, taskId, personOf(principal), reason, now),
    });
  }

  conclude(principal: Principal, subjectId: string, taskId: string): Promise<MinutesView> {
    return this.#speak(principal, subjectId, taskId, {
      decision: null,
      isOfMembers: true,
      isKnown: async (tx, task) => task.status !== 'open' && (await stepsOf(tx, taskId)).some((step) => step.action === 'DECIDE' && step.by === principal.id),
      say: (tx, kind, now) => concludeVote(tx, kind, taskId, personOf(principal), now),
    });
  }

  #speak(principal: Principal, subjectId: string, taskId: string, word: Word): Promise<MinutesView> {
    return this.runner.runInTurn(subjectId, contextOf(principal), async (tx) => {
      const task = await this.#task(tx, principal, subjectId, taskId);
      if (!(await word.isKnown(tx, task))) {
        if (word.isOfMembers) await refuseConflicted(tx, taskId, principal);
        await this.owner.before?.(tx, principal, task, word.decision);
        const said = await word.say(tx, this.kinds.get(task.kind)!, this.clock.now());
        if (said.kind === 'decided') await this.owner.decided?.(tx, principal, said.task);
      }
      return this.#view(tx, await this.#task(tx, principal, subjectId, taskId));
    });
  }

  /** The task, if it is one of a committee about this subject of the principal's lender; throws `NOT_FOUND` otherwise. */
  async #task(db: Statements, { kind, tenantId }: Principal, subjectId: string, taskId: string): Promise<Task> {
    const task = kind === 'staff' ? await findTask(db, taskId) : undefined;
    if (!task || task.tenantId !== tenantId || task.subjectId !== subjectId.toLowerCase() || !this.kinds.has(task.kind)) throw notFound('committee');
    return task;
  }

  #view(db: Statements, task: Task): Promise<MinutesView> {
    return minutesView(db, this.kinds.get(task.kind)!, task);
  }
}
