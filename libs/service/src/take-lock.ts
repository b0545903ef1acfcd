import type pg from 'pg';

/** A lock that somebody else does not give back. */
export class LockHeldError extends Error {}

/** Longer than any other migration of ours takes; whoever holds the lock for longer has to be looked at. */
const LOCK_WAIT_MS = 120_000;
const LOCK_NOT_AVAILABLE = '55P03';

const HOLDER = `
select a.pid, a.usename as "user", a.application_name as "application", a.client_addr::text as address
from pg_locks l join pg_stat_activity a using (pid)
where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid::bigint = (hashtext($1)::bigint & 4294967295)
  and l.objid::bigint = (hashtext($2)::bigint & 4294967295) and l.database = (select oid from pg_database where datname = current_database()) limit 1`;

/** Takes an advisory lock for the session; throws one line that names its holder where it is not given back in time. */
export async function takeLock(client: pg.ClientBase, lockClass: string, name: string, waitMs = LOCK_WAIT_MS): Promise<void> {
  await client.query(`set lock_timeout = ${waitMs}`);
  try {
    await client.query('select pg_advisory_lock(hashtext($1), hashtext($2))', [lockClass, name]);
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    const { rows } = await client.query<{ pid: number; user: string; application: string; address: string | null }>(HOLDER, [lockClass, name]);
    const [holder] = rows;
    const who = holder
      ? `the connection ${holder.pid} of ${holder.user} (${holder.application || 'no name'}, ${holder.address ?? 'local'})`
      : 'another connection';
    throw new LockHeldError(
      `${who} has held the lock "${lockClass} ${name}" for ${waitMs / 1_000} s: where it is no other migration, end it with pg_terminate_backend and try again`,
    );
  } finally {
    await client.query('set lock_timeout = 0');
  }
}
