import { setTimeout as delay } from 'node:timers/promises';
import type { Queries } from '../loan/read-account.js';

/** Name under which the database shows the sessions of the close, so that two instances that share a day do not take each other for money. */
const SESSION = 'millrace-close';
/** Longest rest after one part, so that a day with money all the time is closed too. */
const LONGEST_REST_MS = 1_000;

const NAME = `select set_config('application_name', $1, true)`;

/** Whether a session of this service is at work on anything else, in whatever instance: money that comes in, or a question. */
const OTHERS = `
select exists (select from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid() and state <> 'idle'
  and application_name <> $1) as "isBusy"`;

/** Names the transaction as one of the close. */
export async function nameSession(tx: Queries): Promise<void> {
  await tx.query(NAME, [SESSION]);
}

/**
 * Money goes first: while anything else is at work on the tables of the service, the close rests after each part for as long as the part took, and so takes
 * half of a processor at the most.
 */
export async function makeWay(queries: Queries, partMs: number): Promise<void> {
  const { rows } = await queries.query<{ isBusy: boolean }>(OTHERS, [SESSION]);
  if (rows[0]!.isBusy) await delay(Math.min(partMs, LONGEST_REST_MS));
}
