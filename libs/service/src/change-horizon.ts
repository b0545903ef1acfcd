import type { Clock } from '@millrace/contracts';
import type { Database } from './database.js';

/** How far the clocks of a service's instances and of the database may be apart, with the moment between reading the clock and beginning the transaction. */
const CLOCKS_APART_MS = 5_000;

/** Age that is assumed where the server does not say since when transactions are open (`track_activities = off`). */
const UNKNOWN_AGE_MS = 60_000;

/** A role sees the beginning of its own sessions' transactions; this statement's own is one of them, so that there is none only where the server hides them. */
const OLDEST = `
select (extract(epoch from clock_timestamp() - min(xact_start)) * 1000)::float8 as age from pg_stat_activity
where usename = current_user and datname = current_database()`;

/**
 * The instant up to which every change of the service's rows can be read. A row's `updated_at` is taken inside its transaction and is seen at the commit:
 * whoever has read the newest row has not seen what began before it and commits after it. So the horizon lies before the beginning of the oldest
 * transaction that is open. Read it BEFORE the rows: a transaction that begins later has a later instant.
 * @returns instant for `updatedSince` of the next look; the look repeats the last seconds, and loses nothing
 */
export async function changeHorizon(database: Database, clock: Clock): Promise<string> {
  const { rows } = await database.query<{ age: number | null }>(OLDEST);
  const ageMs = rows[0]?.age ?? UNKNOWN_AGE_MS;
  return new Date(clock.now().getTime() - Math.max(0, ageMs) - CLOCKS_APART_MS).toISOString();
}
