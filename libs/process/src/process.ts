import type { DeadlineParameters } from '@millrace/policy';

/** What a process is in before its subject exists; no subject is ever stored with it. */
export const START = 'NEW';

/** Trigger that the sweep of deadlines feeds; a status with a deadline has to have a row for it. */
export const DEADLINE_PASSED = 'DeadlinePassed';

/** Triggers of a person's decision about the task of a status; a status with a task has to have a row for both. */
export const TASK_DECISIONS = ['ReviewCleared', 'ReviewRejected'] as const;

/** Who has to act while a subject waits in a status, as partners are told it. */
export type Waiter = 'system' | 'applicant' | 'staff';

/** Deadlines by their name in the policy release (`deadlines`), so that their lengths stay dated, cited parameters. */
export type DeadlineName = keyof DeadlineParameters;

/** What is known of a status. What a status belongs to (`live`, `revocable` …) is computed from the table by {@link Process}, and stands in no other list. */
export interface StatusRule<Task extends string = string> {
  /** The one party that acts next: a service, a staff role, the applicant or the borrower; null where the process has ended. */
  readonly party: string | null;
  /** Null where nothing is waited for: the process has ended, or goes on for a long time without anybody being late. */
  readonly waitingFor: Waiter | null;
  /** How long the status may last, and the reason recorded when it has lasted too long. */
  readonly deadline?: { readonly name: DeadlineName; readonly reason: string };
  /** Kind of the task that is open while people decide (R-IT-06): entering the status opens it, leaving closes it. */
  readonly task?: Task;
  /** Who decides while a subject is in the status, for the figures of decisions (R-TC-08); left out where nothing is decided. */
  readonly decider?: 'engine' | 'person';
  /** What entering the status means as a decision, for the same figures. */
  readonly outcome?: 'approved' | 'rejected' | 'referred';
}

/** One transition. A row back to its own status records what came; only a passed deadline sets the deadline anew there. */
export interface ProcessRow<S extends string, T extends string, E extends string> {
  readonly from: S | typeof START;
  readonly on: T;
  readonly next: S;
  /** Names of the events that the step emits, in their order. */
  readonly emits: readonly E[];
  /** The row leads from an end back to where the process goes on, as what the end stood on has turned out not to hold, e.g. money that the bank took back. Only such a row may. */
  readonly reopens?: true;
  /** The deadline of the status begins anew, though the row leads back to it: whoever is waited for has done something. */
  readonly renewsDeadline?: true;
}

/** A trigger that comes too late or twice: kept in the history, with no other effect. */
export interface IgnoredRow<S extends string, T extends string> {
  readonly on: T;
  readonly in: readonly S[];
  readonly why: string;
}

/** A process as data. It holds routing only: who is refused, and at what price, is policy and lives elsewhere. */
export interface ProcessTable<S extends string, T extends string, E extends string, K extends string> {
  /** Noun of its subject, e.g. `drawdown`; in messages and headings. */
  readonly name: string;
  /** One sentence for the generated page: whose process it is, where it begins and where it ends. */
  readonly about: string;
  readonly statuses: Readonly<Record<S, StatusRule<K>>>;
  /** What can happen; one line each in the generated page. */
  readonly triggers: Readonly<Record<T, string>>;
  /** Triggers pulled over HTTP by a person: in a wrong status they are refused, not recorded. */
  readonly personTriggers: readonly T[];
  /** Trigger by which the customer withdraws; a status in which it has a row is revocable. */
  readonly withdrawal?: T;
  readonly rows: readonly ProcessRow<S, T, E>[];
  readonly ignored: readonly IgnoredRow<S, T>[];
}

/** What the table says of one pair; `impossible` means that somebody's books are wrong, and that a person must look. */
export type Verdict<S extends string, T extends string, E extends string> =
  { readonly kind: 'row'; readonly row: ProcessRow<S, T, E> } | { readonly kind: 'ignore'; readonly why: string } | { readonly kind: 'impossible' };

/** A decision as the figures tell it (R-TC-08). */
export interface ProcessDecision {
  readonly outcome: NonNullable<StatusRule['outcome']>;
  readonly decider: NonNullable<StatusRule['decider']>;
}

/** A process table with the questions that its users ask. Whatever is a set of statuses is answered here, so that no code keeps a list of its own. */
export class Process<S extends string, T extends string, E extends string, K extends string> {
  readonly statuses: readonly S[];
  readonly triggers: readonly T[];

  constructor(readonly table: ProcessTable<S, T, E, K>) {
    this.statuses = Object.keys(table.statuses) as S[];
    this.triggers = Object.keys(table.triggers) as T[];
  }

  /** True for a status that a stored subject can have; for texts that come from a database or a caller. */
  knows(status: string): status is S {
    return Object.hasOwn(this.table.statuses, status);
  }

  rule(status: S): StatusRule<K> {
    return this.table.statuses[status];
  }

  /** Asks the table what a trigger does in a status. */
  consult(from: S | typeof START, on: T): Verdict<S, T, E> {
    const { rows, ignored } = this.table;
    const found = rows.find((row) => row.from === from && row.on === on);
    if (found) return { kind: 'row', row: found };
    const late = ignored.find((row) => row.on === on && (row.in as readonly string[]).includes(from));
    return late ? { kind: 'ignore', why: late.why } : { kind: 'impossible' };
  }

  /** True where the trigger has an effect in the status, be it only that it is recorded. */
  takes(status: S, on: T): boolean {
    return this.consult(status, on).kind === 'row';
  }

  /** True where the trigger may come in the status: it has an effect, or comes late. */
  mayCome(status: S, on: T): boolean {
    return this.consult(status, on).kind !== 'impossible';
  }

  /** True while the process goes on; the column `live` of its table is kept by it. */
  isLive(status: S): boolean {
    return this.rule(status).party !== null;
  }

  /** True while the customer may withdraw. */
  isRevocable(status: S): boolean {
    const { withdrawal } = this.table;
    return withdrawal !== undefined && this.takes(status, withdrawal);
  }

  /** What a person can do now, for the refusal of something else. */
  possibleActions(status: S): T[] {
    return this.table.personTriggers.filter((trigger) => this.takes(status, trigger));
  }

  /** The decision that a step is; undefined for a step that decides nothing. Whoever withdraws was not decided upon. */
  decisionOf(from: S | typeof START, to: S): ProcessDecision | undefined {
    if (from === START || from === to) return undefined;
    const { decider } = this.rule(from);
    const { outcome } = this.rule(to);
    return decider && outcome ? { outcome, decider } : undefined;
  }
}

/** A process whose statuses, triggers and events are looked at as names only, as checks and pages do. */
export type AnyProcess = Process<string, string, string, string>;
