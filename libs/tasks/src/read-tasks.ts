import type { QueryResult, QueryResultRow } from 'pg';
import { getMetadataArgsStorage } from 'typeorm';
import { Task, type TaskStatus } from './task.entity.js';

/** A transaction or a pool of the owning service. */
export interface Statements {
  query<R extends QueryResultRow = QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<R>>;
}

/** What one person said about a task. */
export interface TaskVote {
  readonly voter: string;
  readonly voterKey: string;
  /** Null where the person has declared a conflict of interest. */
  readonly decision: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly comment: string | null;
  /** Id that the client made for it. */
  readonly voteId: string | null;
  readonly hasVeto: boolean;
  readonly at: Date;
}

/** What was done with a task: see the migration for the actions. */
export interface TaskStep {
  readonly at: Date;
  readonly action: string;
  readonly by: string;
  readonly givenTo: string | null;
  readonly decision: string | null;
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly reason: string | null;
  /** Seal of the comment that was given with it; null where there was none, or the step is not of a person's word. */
  readonly commentSha256: string | null;
}

/** Columns of the table by the fields of the entity, which is the one list of them. */
export const COLUMN_OF: ReadonlyMap<string, string> = new Map(
  getMetadataArgsStorage()
    .filterColumns(Task)
    .map(({ propertyName, options }) => [propertyName, options.name ?? propertyName]),
);
/** Select list that reads a task as its entity names it. */
export const COLUMNS = [...COLUMN_OF].map(([field, column]) => `${column} as "${field}"`).join(', ');

/** Which tasks are listed; all parts that are given hold. */
export interface TaskFilter {
  /** Without it those that wait: for people, or for their service. */
  readonly status?: TaskStatus;
  readonly kinds: readonly string[];
  readonly limit?: number;
}

/** Tasks of some kinds, the oldest first. */
export async function listTasks(db: Statements, { status, kinds, limit = 100 }: TaskFilter): Promise<Task[]> {
  const sql = `select ${COLUMNS} from task where ($1::text is null and status in ('open', 'decided') or status = $1) and kind = any($2)
    order by opened_at, task_id limit $3`;
  return (await db.query<Task>(sql, [status ?? null, kinds, limit])).rows;
}

/** One task; undefined where this service has none of this id. */
export async function findTask(db: Statements, taskId: string): Promise<Task | undefined> {
  return (await db.query<Task>(`select ${COLUMNS} from task where task_id = $1`, [taskId])).rows[0];
}

/** The task, kept from other writers until the commit. */
export async function lockTask(tx: Statements, taskId: string): Promise<Task | undefined> {
  return (await tx.query<Task>(`select ${COLUMNS} from task where task_id = $1 for no key update`, [taskId])).rows[0];
}

/** Tasks that people have decided and the owner has not done yet, the oldest first. */
export async function decidedTasks(db: Statements, limit = 100): Promise<Pick<Task, 'taskId' | 'kind'>[]> {
  const sql = `select task_id as "taskId", kind from task where status = 'decided' order by decided_at limit $1`;
  return (await db.query<Pick<Task, 'taskId' | 'kind'>>(sql, [limit])).rows;
}

/** What each person said in the round that counts, the first one first. */
export async function votesOf(db: Statements, { taskId, round }: Pick<Task, 'taskId' | 'round'>): Promise<TaskVote[]> {
  const sql = `select voter, voter_key as "voterKey", decision, parameters, reason, comment, vote_id as "voteId", has_veto as "hasVeto", at from task_vote
    where task_id = $1 and round = $2 order by at, voter_key`;
  return (await db.query<TaskVote>(sql, [taskId, round])).rows;
}

/** True where the person has declared a conflict of interest about the task, in whatever round: that people begin anew ends no conflict. */
export async function isConflicted(db: Statements, taskId: string, voterKey: string): Promise<boolean> {
  return (await db.query('select 1 from task_vote where task_id = $1 and voter_key = $2 and decision is null', [taskId, voterKey])).rows.length > 0;
}

/** True where this very vote was cast, in whatever round: sent again it is no vote on what has been put since. */
export async function isCast(
  db: Statements,
  taskId: string,
  { voteId, voterKey, decision }: Pick<TaskVote, 'voterKey' | 'decision'> & { readonly voteId: string },
): Promise<boolean> {
  const sql = 'select 1 from task_vote where task_id = $1 and vote_id = $2 and voter_key = $3 and decision = $4';
  return (await db.query(sql, [taskId, voteId, voterKey, decision])).rows.length > 0;
}

/** Everything that was done with a task, the oldest step first. */
export async function stepsOf(db: Statements, taskId: string): Promise<TaskStep[]> {
  const sql = `select at, action, by, given_to as "givenTo", decision, parameters, reason, comment_sha256 as "commentSha256" from task_step
    where task_id = $1 order by step_id`;
  return (await db.query<TaskStep>(sql, [taskId])).rows;
}

/** Names, in their normal form, of all who voted on a task of another kind about the same subject. */
export async function earlierDeciders(tx: Statements, { subjectId, kind }: Pick<Task, 'subjectId' | 'kind'>): Promise<string[]> {
  const sql = `select distinct v.voter_key as key from task t join task_vote v using (task_id) where t.subject_id = $1 and t.kind <> $2 and v.decision is not null`;
  return (await tx.query<{ key: string }>(sql, [subjectId, kind])).rows.map(({ key }) => key);
}
