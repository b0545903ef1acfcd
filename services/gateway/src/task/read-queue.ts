import type { Clock } from '@millrace/contracts';
import type { AnswerOf, QUEUED_TASK, QUEUED_TASK_LIST, TASK_COUNT, TASK_COUNT_LIST } from '@millrace/contracts/api';
import { CLOCK, Database, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

/** Rows of a lender: by the task itself, else by the application that it is about. $1 to $10 are {@link valuesOf}. */
const WANTED = `from queued_task t left join application_owner o on o.application_id = t.application_id
where coalesce(t.tenant_id, o.tenant_id) = $1
  and ($2::text is null and t.status in ('open', 'decided') or t.status = $2)
  and ($3::text is null or t.kind = $3) and ($4::text is null or $4 = any(t.roles)) and ($5::text is null or t.subject_type = $5)
  and ($6::uuid is null or t.subject_id = $6) and ($7::uuid is null or t.application_id = $7) and ($8::text is null or t.claimed_by = $8)
  and ($9::boolean is null or (t.status in ('open', 'decided') and t.due_at < $10) = $9)`;
const OVERDUE = `t.status in ('open', 'decided') and t.due_at < $10`;

const LIST = `select t.task_id as "taskId", t.owner, t.kind, t.subject_type as "subjectType", t.subject_id as "subjectId", t.application_id as "applicationId",
  t.loan_id as "loanId", t.roles, t.votes_needed as "votesNeeded", t.votes, t.status, t.claimed_by as "claimedBy", t.opened_at as "openedAt", t.due_at as "dueAt",
  ${OVERDUE} as overdue, t.reminders, t.decision, t.decided_at as "decidedAt"
${WANTED} and ($11::uuid is null or t.task_id > $11) order by t.task_id limit $12`;

const COUNT = `select t.owner, t.kind, t.status, count(*)::int as count, (count(*) filter (where ${OVERDUE}))::int as overdue, min(t.opened_at) as "oldestOpenedAt",
  extract(epoch from $10 - min(t.opened_at))::float8 as "oldestSeconds" ${WANTED} group by t.owner, t.kind, t.status order by t.kind, t.status, t.owner`;

const DEFAULT_LIMIT = 50;

/** Filters of the queue; all that is given holds. */
export type TaskFilter = Partial<Record<'kind' | 'role' | 'status' | 'subjectType' | 'subjectId' | 'applicationId' | 'claimedBy' | 'overdue', string>>;

/** Which part of the queue. */
export type TaskPage = Partial<Record<'cursor' | 'limit', string>>;

type Task = AnswerOf<typeof QUEUED_TASK>;
type Count = AnswerOf<typeof TASK_COUNT>;
type TaskRow = Omit<Task, 'openedAt' | 'dueAt' | 'decidedAt'> & { openedAt: Date; dueAt: Date; decidedAt: Date | null };
type CountRow = Omit<Count, 'oldestOpenedAt'> & { oldestOpenedAt: Date };

/** The queue of the staff: tasks of all services, from the read model that their events feed. */
@Injectable()
export class ReadQueue {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  #valuesOf({ tenantId }: Principal, { status, kind, role, subjectType, subjectId, applicationId, claimedBy, overdue }: TaskFilter): unknown[] {
    const filters = [status, kind, role, subjectType, subjectId, applicationId, claimedBy].map((value) => value ?? null);
    return [tenantId, ...filters, overdue === undefined ? null : overdue === 'true', this.clock.now()];
  }

  /** A page of the queue, the oldest task first. */
  async list(principal: Principal, { cursor, limit, ...filter }: TaskFilter & TaskPage): Promise<AnswerOf<typeof QUEUED_TASK_LIST>> {
    const size = limit === undefined ? DEFAULT_LIMIT : Number(limit);
    const { rows } = await this.database.query<TaskRow>(LIST, [...this.#valuesOf(principal, filter), cursor ?? null, size + 1]);
    const items = rows.slice(0, size).map(({ openedAt, dueAt, decidedAt, ...row }) => ({
      ...row,
      openedAt: openedAt.toISOString(),
      dueAt: dueAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
    }));
    return { items, nextCursor: rows.length > size ? items.at(-1)!.taskId : null };
  }

  /** How many tasks wait, by kind and status, and for how long. */
  async count(principal: Principal, filter: TaskFilter): Promise<AnswerOf<typeof TASK_COUNT_LIST>> {
    const { rows } = await this.database.query<CountRow>(COUNT, this.#valuesOf(principal, filter));
    return { items: rows.map(({ oldestOpenedAt, ...row }) => ({ ...row, oldestOpenedAt: oldestOpenedAt.toISOString() })) };
  }
}
