import type pg from 'pg';

/**
 * Server options of connections with prepared statements. One plan for all values: the server otherwise plans again and again what takes arrays, as it
 * cannot see how long they will be. And not by a scan of the whole table: a plan made while a table is new and empty would stay with it until the
 * table is next analysed, and every statement of ours finds its rows by a key.
 */
export const PLAN_ONCE = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';

/** More different texts than a service has; a caller that makes up texts must not fill the server's memory. */
const MAX_STATEMENTS = 1_000;
const names = new Map<string, string>();

/** A statement that each connection has parsed and planned once: most of a short statement's time on the server is that. */
export function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined && names.size < MAX_STATEMENTS) names.set(text, (name = `millrace-${names.size}`));
  return { ...(name === undefined ? {} : { name }), text, values: [...values] };
}
