import type { EventTransaction } from '@millrace/messaging';
import type { ParameterType } from './parameter-type.js';
import type { Task } from './task.entity.js';
import type { TaskVote } from './read-tasks.js';

/** What a task may be about. `firm` is a firm as such, where no single application or loan is meant (a block). */
export const TASK_SUBJECTS = ['application', 'loan', 'payout', 'case', 'release', 'firm'] as const;
export type TaskSubject = (typeof TASK_SUBJECTS)[number];

/**
 * Of whom the people who decide must be independent (R-UW-05, R-DB-02): `maker` made the subject, `accountManager` looks after the firm, `decider` has
 * voted on a task of another kind about the same subject.
 */
export const PARTIES = ['maker', 'accountManager', 'decider'] as const;
export type Party = (typeof PARTIES)[number];

/** One answer that people may give. */
export interface TaskDecision {
  /** As it is typed or sent, e.g. `paid-on`. */
  readonly name: string;
  /** What will be done, for the person who decides. */
  readonly meaning: string;
  /** What the decision needs to be told; each is required. A date is a calendar day of Shanghai, an amount is in fen. */
  readonly parameters: Readonly<Record<string, ParameterType>>;
  /** Codes of the reason catalogue of which one is given; what it does not say stands in a comment. */
  readonly reasons: readonly string[];
}

/** A committee: members vote, and a majority of those who voted decides (R-UW-05). */
export interface CommitteeRule {
  readonly kind: 'committee';
  /** Most members who may take part; a declared conflict takes a seat too. */
  readonly seats: number;
  /** Least votes without which nothing is decided. */
  readonly quorum: number;
  /** Decision that needs the majority, and the one that stands where it is not reached. */
  readonly yes: string;
  readonly no: string;
  /** Share of the votes cast that `yes` needs: at least `of` in `outOf`. */
  readonly majority: { readonly of: number; readonly outOf: number };
  /** Role whose `no` decides alone, and who is always heard before `yes` is. */
  readonly vetoRole: string;
}

/** How many people decide: one; two who say the same one after the other; or a committee. */
export type VoteRule = { readonly kind: 'one-person' } | { readonly kind: 'two-persons' } | CommitteeRule;

/** A sort of question that a service leaves to people. */
export interface TaskKind {
  /** Its name among all services, e.g. `payout-date`. */
  readonly kind: string;
  /** What people are asked, in one sentence. */
  readonly question: string;
  readonly subject: TaskSubject;
  /** Roles of staff of which one is needed to decide; whose queue shows the task. */
  readonly roles: readonly string[];
  readonly vote: VoteRule;
  /** Who may not decide, after having done what. */
  readonly independentOf: readonly Party[];
  /** Hours after the opening until the decision is due; `given` where the process that opens the task says the instant. */
  readonly due: { readonly hours: number } | 'given';
  readonly decisions: readonly TaskDecision[];
}

/** A task that people have decided, with what each of them said in the round that counts. */
export interface DecidedTask extends Task {
  readonly decision: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly votes: readonly TaskVote[];
}

/** Does what was decided, in the transaction that marks the task applied, so that it happens exactly once. */
export interface TaskHandler {
  /** @throws TaskRefused where the decision cannot be done; the task is then open again, with the reason in its history */
  apply(task: DecidedTask, tx: EventTransaction): Promise<void>;
}

/** Class of a handler; its instance comes from the service's injector. */
export type TaskHandlerClass = abstract new (...args: never[]) => TaskHandler;

/** One line of a service's list of task kinds; `at-once` where whoever takes the last vote does what was decided in the same transaction. */
export interface HandledTaskKind {
  readonly kind: TaskKind;
  readonly handler: TaskHandlerClass | 'at-once';
}

/** Says which handler does what people decide: `decidedBy(PAYOUT_DATE, SettlePayoutDate)`. */
export function decidedBy(kind: TaskKind, handler: TaskHandlerClass): HandledTaskKind {
  return { kind, handler };
}

/** Says that what people decide is done where they decide it, in the same transaction: `doneAtOnce(APPROVAL_REVIEW)`. */
export function doneAtOnce(kind: TaskKind): HandledTaskKind {
  return { kind, handler: 'at-once' };
}
