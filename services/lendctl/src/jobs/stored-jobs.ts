import type { LendingService } from '@millrace/service';
import { OperatorError } from '../trouble/operator-error.js';
import type { Installation } from '../installation/installation.js';

/** Which jobs are meant. */
export type JobState = 'dead' | 'waiting' | 'running';

/** A job of a service, without its payload's secrets: there are none, as payloads hold ids alone. */
export interface StoredJob extends Record<string, unknown> {
  readonly service: LendingService;
  readonly id: bigint;
  readonly task: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runAt: Date;
  /** First line of why its last try failed; null where none did. */
  readonly lastError: string | null;
  /** Ids that tell what it is for. */
  readonly payload: Readonly<Record<string, unknown>>;
}

const STATE = `case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'dead' else 'waiting' end`;

// The payload is not part of graphile-worker's public view. What carries the trace is of no use to a person.
const LIST = `select j.id, j.task_identifier as task, ${STATE} as state, j.attempts, j.max_attempts as "maxAttempts", j.run_at as "runAt",
    split_part(j.last_error, E'\\n', 1) as "lastError", p.payload::jsonb - 'activity' as payload
  from jobs j join _private_jobs p using (id)
  where ($1::text is null or ${STATE} = $1) and ($2::bigint[] is null or j.id = any($2)) order by j.run_at, j.id limit $3`;

const RETRY = 'select id from reschedule_jobs($1::bigint[], run_at := now(), attempts := 0)';
const DROP = 'select id from complete_jobs($1::bigint[])';

/** Services that have jobs, of those whose database is known. */
export async function servicesWithJobs(installation: Installation): Promise<LendingService[]> {
  const definitions = await Promise.all(installation.services.map(async (name) => ({ name, jobs: (await installation.definition(name)).jobs })));
  return definitions.filter(({ jobs }) => Object.keys(jobs).length > 0).map(({ name }) => name);
}

/** The service that a person named, if it has jobs. */
export async function serviceWithJobs(installation: Installation, name: string): Promise<LendingService> {
  const service = installation.service(name);
  if (!(await servicesWithJobs(installation)).includes(service)) throw new OperatorError(`${service} has no jobs`);
  return service;
}

/** Jobs of one service, those that are due first. `ids` undefined means all. */
export async function listJobs(
  installation: Installation,
  service: LendingService,
  which: { readonly state?: JobState; readonly ids?: readonly bigint[]; readonly limit: number },
): Promise<StoredJob[]> {
  const rows = await installation.rows<StoredJob>(service, LIST, [which.state ?? null, which.ids?.map(String) ?? null, which.limit]);
  return rows.map((row) => ({ ...row, service, id: BigInt(row.id) }));
}

/** Lets jobs run again at once, with all their tries; answers how many. One that runs now is left alone. */
export async function retryJobs(installation: Installation, service: LendingService, ids: readonly bigint[]): Promise<number> {
  return (await installation.rows(service, RETRY, [ids.map(String)])).length;
}

/** Removes jobs as if they had been done; answers how many. One that runs now is left alone. */
export async function dropJobs(installation: Installation, service: LendingService, ids: readonly bigint[]): Promise<number> {
  return (await installation.rows(service, DROP, [ids.map(String)])).length;
}
