import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { EMPTY_CHAIN, sealRow, type HistoryEntry } from './history-chain.js';
import {
  decisionText,
  HISTORY_VALUES,
  historyInsert,
  historyInsertFrom,
  historyJson,
  historyValues,
  type SealedEntry,
  type SubjectTable,
} from './history-table.js';
import { DEADLINE_PASSED, START, type Process, type ProcessRow } from './process.js';

/** Columns that every subject of a process has. */
export interface ProcessRecord<S extends string = string> {
  readonly status: S;
  /** Kept from the table ({@link Process.isLive}), so that no SQL needs a list of statuses. */
  readonly live: boolean;
  readonly deadlineAt: Date | null;
  readonly updatedAt: Date;
  readonly historySeq: number;
  /** Seal of the newest history row. */
  readonly historyHead: string;
}

/** A column as the entity describes it; the entity is the one list of columns. */
export interface ColumnDescription {
  readonly databaseName: string;
  readonly propertyName: string;
  readonly type: unknown;
  readonly isNullable: boolean;
}

type NullableKey<R> = { [K in keyof R]: null extends R[K] ? K : never }[keyof R];

/** A new subject without what the step gives it; what may be null may be left out. */
export type SubjectDraft<R> = Omit<R, keyof ProcessRecord | NullableKey<R>> & Partial<Pick<R, Exclude<NullableKey<R>, keyof ProcessRecord>>>;

/** Why a step is made, for the history. */
export interface StepCause<T extends string> {
  readonly trigger: T;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What became of a step. */
export interface StepOutcome<R, S extends string, T extends string, E extends string> {
  readonly record: R;
  readonly from: S;
  readonly effect: 'moved' | 'recorded' | 'ignored';
  /** Row of the table that was followed; undefined where the trigger was ignored. */
  readonly row?: ProcessRow<S, T, E>;
}

/** A trigger met a status in which it cannot happen. */
export class ImpossibleStepError extends Error {
  constructor(
    subject: string,
    readonly status: string,
    readonly trigger: string,
    /** True where a person has pulled the trigger, who is to be told; an event that cannot be means that somebody's books are wrong. */
    readonly byPerson: boolean,
  ) {
    super(`${trigger} cannot happen to ${/^[aeiou]/.test(subject) ? 'an' : 'a'} ${subject} in ${status}`);
  }
}

/** Statement that inserts beside the subject, once for its row `made`; its one parameter is given as `$n`. */
export interface InsertedBeside {
  readonly sql: (parameter: string) => string;
  readonly value: unknown;
}

/**
 * The step of every process: consult the table, write the subject and its sealed history row in one statement. Its user locks the subject before, and emits and
 * opens tasks after, by what {@link StepOutcome} says.
 */
export class ProcessStep<R extends ProcessRecord<S>, Id extends string, S extends string, T extends string, E extends string> {
  readonly #columns: ReadonlyMap<string, ColumnDescription>;
  /** One statement for each combination of columns that steps set; there are few, and each is prepared once a connection. */
  readonly #statements = new Map<string, string>();

  constructor(
    private readonly process: Process<S, T, E, string>,
    private readonly subject: SubjectTable<Id>,
    columns: readonly ColumnDescription[],
    private readonly clock: Clock,
  ) {
    this.#columns = new Map(columns.map((column) => [column.propertyName, column]));
  }

  /**
   * Writes a new subject, by the row of the table that leads out of the beginning. Columns that the draft leaves out are null.
   * @returns undefined where a unique index refuses the subject: then nothing is written
   */
  async begin(
    tx: EventTransaction,
    draft: SubjectDraft<R>,
    cause: StepCause<T>,
    deadlineOf: (status: S, at: Date) => Date | null,
    beside: readonly InsertedBeside[] = [],
  ): Promise<{ readonly record: R; readonly emits: readonly E[] } | undefined> {
    const verdict = this.process.consult(START, cause.trigger);
    if (verdict.kind !== 'row') throw this.#impossible(START, cause.trigger);
    const { next, emits } = verdict.row;
    const at = this.clock.now();
    const nulls = Object.fromEntries([...this.#columns.values()].filter(({ isNullable }) => isNullable).map(({ propertyName }) => [propertyName, null]));
    const state = { status: next, live: this.process.isLive(next), deadlineAt: deadlineOf(next, at), updatedAt: at };
    const unsealed = { ...nulls, ...draft, ...state } as unknown as R;
    const entry = this.#seal(tx, unsealed, { seq: 1, head: EMPTY_CHAIN, from: START }, cause, 'moved', at);
    const record = { ...unsealed, historySeq: 1, historyHead: entry.rowSha256 };
    const row = Object.fromEntries([...this.#columns.values()].map(({ databaseName, propertyName }) => [databaseName, record[propertyName as keyof R]]));
    const values = [JSON.stringify(row), historyJson(this.subject, this.#idOf(record), entry), ...beside.map(({ value }) => value)];
    const { rowCount } = await tx.query(this.#insert(beside), values);
    return rowCount === 1 ? { record, emits } : undefined;
  }

  /**
   * Feeds a trigger to a locked subject.
   * @param patch - columns that the step sets; they are left alone where the trigger is ignored
   * @param deadlineOf - deadline of a status that is entered, or whose deadline has passed without being left
   * @throws ImpossibleStepError where the table has no row: nothing is written
   */
  async take(
    tx: EventTransaction,
    before: R,
    cause: StepCause<T>,
    patch: (row: ProcessRow<S, T, E>) => Partial<R>,
    deadlineOf: (status: S, at: Date) => Date | null,
  ): Promise<StepOutcome<R, S, T, E>> {
    const verdict = this.process.consult(before.status, cause.trigger);
    if (verdict.kind === 'impossible') throw this.#impossible(before.status, cause.trigger);
    if (verdict.kind === 'ignore') {
      const record = await this.#write(tx, before, {}, { ...cause, evidence: { ...cause.evidence, ignoredBecause: verdict.why } }, 'ignored');
      return { record, from: before.status, effect: 'ignored' };
    }
    const { row } = verdict;
    const at = this.clock.now();
    const enters = row.next !== before.status;
    const deadlineOn = enters || row.renewsDeadline || (cause.trigger as string) === DEADLINE_PASSED ? deadlineOf(row.next, at) : before.deadlineAt;
    const state = { status: row.next, live: this.process.isLive(row.next), deadlineAt: deadlineOn, updatedAt: at } as Partial<R>;
    const effect = enters ? 'moved' : 'recorded';
    const record = await this.#write(tx, { ...before, ...state }, patch(row), cause, effect, before.status);
    return { record, from: before.status, effect, row };
  }

  /** Adds to the history of a locked subject what is no step of the process, and brings the subject's seal up to date in place. */
  async note(tx: EventTransaction, subject: R, trigger: string, reason: string, evidence: Readonly<Record<string, unknown>>): Promise<void> {
    const { historySeq, historyHead } = await this.#write(tx, subject, {}, { trigger: trigger as T, reason, evidence }, 'noted');
    // The same locked record may be noted on again in this transaction.
    Object.assign(subject, { historySeq, historyHead });
  }

  async #write(tx: EventTransaction, state: R, patch: Partial<R>, cause: StepCause<T>, effect: HistoryEntry['effect'], from: S = state.status): Promise<R> {
    const at = this.clock.now();
    const seq = state.historySeq + 1;
    const entry = this.#seal(tx, state, { seq, head: state.historyHead, from }, cause, effect, at);
    const set = Object.entries(patch as Record<string, unknown>).filter(([, value]) => value !== undefined);
    const record = { ...state, ...patch, updatedAt: at, historySeq: seq, historyHead: entry.rowSha256 };
    const { status, live, deadlineAt, historyHead } = record;
    const id = this.#idOf(record);
    const values = set.map(([name, value]) => (this.#column(name).type === 'jsonb' && value !== null ? JSON.stringify(value) : value));
    const names = set.map(([name]) => name);
    await tx.query(this.#update(names), [id, status, live, deadlineAt, at, seq, historyHead, ...historyValues(id, entry), ...values]);
    return record;
  }

  #seal(
    { context: { actor, causationId } }: EventTransaction,
    after: R,
    { seq, head, from }: { readonly seq: number; readonly head: string; readonly from: S | typeof START },
    { trigger, reason, evidence }: StepCause<T>,
    effect: HistoryEntry['effect'],
    at: Date,
  ): SealedEntry {
    const entry: HistoryEntry = { seq, trigger, effect, statusFrom: from, statusTo: after.status, actor, reason, evidence, causationId, at };
    const rowSha256 = sealRow({ ...entry, [this.subject.id]: this.#idOf(after) }, head);
    return { ...entry, prevSha256: head, rowSha256, decision: decisionText(this.process.decisionOf(from, after.status)) };
  }

  #impossible(status: string, trigger: T): ImpossibleStepError {
    const { name, personTriggers } = this.process.table;
    return new ImpossibleStepError(name, status, trigger, personTriggers.includes(trigger));
  }

  #idOf(record: R): string {
    return (record as unknown as Record<Id, string>)[this.subject.id];
  }

  #column(property: string): ColumnDescription {
    const column = this.#columns.get(property);
    if (!column) throw new Error(`${this.subject.table} has no column for ${property}`);
    return column;
  }

  #update(names: readonly string[]): string {
    const key = names.join(' ');
    const known = this.#statements.get(key);
    if (known) return known;
    const { table, idColumn, alongside } = this.subject;
    const history = historyInsert(this.subject, 8);
    // Behind the seven values of every step and those of the history row.
    const first = 8 + HISTORY_VALUES;
    const set = names.map((name, index) => `, ${this.#column(name).databaseName} = $${first + index}`);
    const sql = `with moved as (
  update ${table} set status = $2, live = $3, deadline_at = $4, updated_at = $5, history_seq = $6, history_head = $7${set.join('')} where ${idColumn} = $1
)${alongside ? `, alongside as (\n  ${alongside}\n)` : ''}
${history}`;
    this.#statements.set(key, sql);
    return sql;
  }

  #insert(beside: readonly InsertedBeside[]): string {
    const { table, idColumn } = this.subject;
    const others = beside.map(({ sql }, index) => `, beside_${index + 1} as (\n  ${sql(`$${index + 3}`)}\n)`).join('');
    return `with made as (
  insert into ${table} select * from jsonb_populate_record(null::${table}, $1) on conflict do nothing returning ${idColumn}
)${others}
${historyInsertFrom(this.subject, '$2', 'made')} returning 1`;
  }
}
