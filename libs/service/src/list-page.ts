import type { Clock } from '@millrace/contracts';
import { changeHorizon } from './change-horizon.js';
import type { Database } from './database.js';
import { DEFAULT_PAGE_SIZE, type ListQuery } from './list-query.js';
import { Problem } from './problem.js';

/** A comparison without its right side, and the value that belongs there. */
export type Condition = readonly [comparison: string, value: string];

/** One page of a list. */
export interface ListPage<T> {
  readonly items: readonly T[];
  /** Send it as `cursor` to get the next page; null on the last one. */
  readonly nextCursor: string | null;
  /** Send it as `updatedSince` in the next look, and no change is missed; it is the same on every page of a look. */
  readonly nextUpdatedSince: string;
}

/** Where a page begins, and the horizon that was read before the first page. */
export interface PagePlace {
  /** Id of the last row of the page before. */
  readonly after: string;
  readonly nextUpdatedSince: string;
}

/** Columns that the filters of {@link ListQuery} are held against. */
export interface ListColumns {
  /** Key, by which the list is ordered, the newest first. */
  readonly id: string;
  /** Instant of the last change. */
  readonly updatedAt: string;
  /** Business day that `from` and `to` mean, as an SQL expression of type date. */
  readonly day: string;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function invalid(field: string, message: string, detail: string): Problem {
  return new Problem({ status: 400, code: 'VALIDATION_FAILED', title: 'Some fields are not right.', detail, errors: [{ field, message }] });
}

/** The cursor that leads to the rows after a place. */
export function encodeCursor({ after, nextUpdatedSince }: PagePlace): string {
  return Buffer.from(JSON.stringify([after, nextUpdatedSince])).toString('base64url');
}

/** The place of a cursor that {@link encodeCursor} has made; throws `VALIDATION_FAILED` for any other text. */
export function decodeCursor(cursor: string): PagePlace {
  try {
    const [after, nextUpdatedSince] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    const isPlace = typeof after === 'string' && ID.test(after) && typeof nextUpdatedSince === 'string' && !Number.isNaN(Date.parse(nextUpdatedSince));
    if (isPlace) return { after, nextUpdatedSince };
  } catch {
    // Answered below, as any other text that is no cursor.
  }
  throw invalid('cursor', 'must be the nextCursor of the page before', 'Begin again without a cursor.');
}

/** Conditions of the filters; throws `VALIDATION_FAILED` for a range whose end is before its beginning. */
export function listConditions({ cursor, from, to, updatedSince }: ListQuery, columns: ListColumns): Condition[] {
  if (from !== undefined && to !== undefined && from > to) throw invalid('to', 'must not be before from', 'Send the earlier day as from.');
  return [
    ...(from === undefined ? [] : [[`${columns.day} >=`, from] as const]),
    ...(to === undefined ? [] : [[`${columns.day} <=`, to] as const]),
    ...(updatedSince === undefined ? [] : [[`${columns.updatedAt} >=`, updatedSince] as const]),
    ...(cursor === undefined ? [] : [[`${columns.id} <`, decodeCursor(cursor).after] as const]),
  ];
}

/** The `where` of some conditions. A text of its own for each choice of conditions: a plan that is made once is then the one for them. */
export function whereOf(conditions: readonly Condition[]): { readonly sql: string; readonly values: string[] } {
  return { sql: `where ${conditions.map(([comparison], at) => `${comparison} $${at + 1}`).join(' and ')}`, values: conditions.map(([, value]) => value) };
}

/** How a list reads its rows, and what it shows of each. */
export interface ListRows<R, T> {
  /** Reads at most so many rows, the newest first, from the cursor on. */
  readonly read: (most: number) => Promise<readonly R[]>;
  readonly idOf: (row: R) => string;
  readonly viewOf: (row: R) => T;
}

/** One page of a list, with the instant from which the next look for changes goes on. */
export async function readPage<R, T>(
  database: Database,
  clock: Clock,
  { cursor, limit = DEFAULT_PAGE_SIZE }: Pick<ListQuery, 'cursor' | 'limit'>,
  { read, idOf, viewOf }: ListRows<R, T>,
): Promise<ListPage<T>> {
  // Before the rows, and once for all pages of a look.
  const nextUpdatedSince = cursor === undefined ? await changeHorizon(database, clock) : decodeCursor(cursor).nextUpdatedSince;
  const rows = await read(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(viewOf), nextCursor: last ? encodeCursor({ after: idOf(last), nextUpdatedSince }) : null, nextUpdatedSince };
}

/** Business day of an instant's column, as an SQL expression: the day that `businessDate` of contracts gives. */
export function businessDaySql(column: string): string {
  return `(${column} at time zone 'Asia/Shanghai')::date`;
}
