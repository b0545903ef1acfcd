import type { ProcessDecision } from './process.js';
import type { HistoryEntry, Seal } from './history-chain.js';

/** Where the subjects of a process and their histories are stored, in the schema of the service that owns them. */
export interface SubjectTable<Id extends string = string> {
  /** Table of the subjects, e.g. `drawdown`; its history is in `<table>_history`, which is append-only. */
  readonly table: string;
  readonly idColumn: string;
  /** Name of the id in records and in sealed rows, e.g. `drawdownId`. */
  readonly id: Id;
  /** Statement that goes with each step, e.g. one that dates the subject's owner: `$1` is the subject's id, `$5` the instant of the step. */
  readonly alongside?: string;
}

/** A step with its seal and with what it decided. The decision is no part of the seal: it follows from the statuses. */
export interface SealedEntry extends HistoryEntry, Seal {
  readonly decision: string | null;
}

/** Column of a history by property, in the order of the statements; the subject's id comes before them. */
const COLUMNS: readonly (readonly [column: string, value: (entry: SealedEntry) => unknown])[] = [
  ['seq', ({ seq }) => seq],
  ['trigger', ({ trigger }) => trigger],
  ['effect', ({ effect }) => effect],
  ['status_from', ({ statusFrom }) => statusFrom],
  ['status_to', ({ statusTo }) => statusTo],
  ['actor_kind', ({ actor }) => actor.kind],
  ['actor_id', ({ actor }) => actor.id],
  ['reason', ({ reason }) => reason],
  ['evidence', ({ evidence }) => evidence],
  ['causation_id', ({ causationId }) => causationId],
  ['at', ({ at }) => at],
  ['prev_sha256', ({ prevSha256 }) => prevSha256],
  ['row_sha256', ({ rowSha256 }) => rowSha256],
  ['decision', ({ decision }) => decision],
];
const NAMES = COLUMNS.map(([name]) => name);

/** How many parameters {@link historyInsert} has. */
export const HISTORY_VALUES = NAMES.length + 1;

/** What a decision is called in the column `decision`, by which decisions are counted. */
export function decisionText(decision: ProcessDecision | undefined): string | null {
  return decision ? `${decision.decider} ${decision.outcome}` : null;
}

/** `insert` of one row whose values begin at parameter `first`: id of the subject, then {@link historyValues}. */
export function historyInsert({ table, idColumn }: SubjectTable, first: number): string {
  const places = [idColumn, ...NAMES].map((_, index) => `$${first + index}`);
  return `insert into ${table}_history (${[idColumn, ...NAMES].join(', ')}) values (${places.join(', ')})`;
}

export function historyValues(subjectId: string, entry: SealedEntry): unknown[] {
  return [subjectId, ...COLUMNS.map(([name, value]) => (name === 'evidence' ? JSON.stringify(value(entry)) : value(entry)))];
}

/** `insert` of one row that is given as JSON ({@link historyJson}), once for each row of `source`: none where the source has none. */
export function historyInsertFrom({ table, idColumn }: SubjectTable, parameter: string, source: string): string {
  const columns = [idColumn, ...NAMES];
  return `insert into ${table}_history (${columns.join(', ')}) select ${columns.map((column) => `row.${column}`).join(', ')}
  from jsonb_populate_record(null::${table}_history, ${parameter}) as row, ${source}`;
}

/** `insert` of rows of several subjects that are given as JSON ({@link historyManyJson}). */
export function historyInsertMany({ table, idColumn }: SubjectTable, parameter: string): string {
  const columns = [idColumn, ...NAMES];
  return `insert into ${table}_history (${columns.join(', ')}) select ${columns.map((column) => `row.${column}`).join(', ')}
  from jsonb_populate_recordset(null::${table}_history, ${parameter}) as row`;
}

function asRow(idColumn: string, subjectId: string, entry: SealedEntry): Record<string, unknown> {
  return { [idColumn]: subjectId, ...Object.fromEntries(COLUMNS.map(([name, value]) => [name, value(entry)])) };
}

export function historyManyJson({ idColumn }: SubjectTable, rows: readonly (readonly [subjectId: string, entry: SealedEntry])[]): string {
  return JSON.stringify(rows.map(([subjectId, entry]) => asRow(idColumn, subjectId, entry)));
}

export function historyJson({ idColumn }: SubjectTable, subjectId: string, entry: SealedEntry): string {
  return JSON.stringify(asRow(idColumn, subjectId, entry));
}

/** Select list that reads rows as they were sealed, with `prevSha256` and `rowSha256`. */
export function historySelect({ id, idColumn }: SubjectTable, alias: string): string {
  const of = (column: string, name: string): string => `${alias}.${column} as "${name}"`;
  return [
    of(idColumn, id),
    ...['seq', 'trigger', 'effect', 'reason', 'evidence', 'at'].map((column) => `${alias}.${column}`),
    of('status_from', 'statusFrom'),
    of('status_to', 'statusTo'),
    `jsonb_build_object('kind', ${alias}.actor_kind, 'id', ${alias}.actor_id) as actor`,
    of('causation_id', 'causationId'),
    of('prev_sha256', 'prevSha256'),
    of('row_sha256', 'rowSha256'),
  ].join(', ');
}
