import type pg from 'pg';

/** More different texts than a service has; a caller that makes up texts must not fill the server's memory. */
const MAX_STATEMENTS = 1_000;
const names = new Map<string, string>();

/** A statement that each connection has parsed and planned once: most of a short statement's time on the server is that. */
export function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined && names.size < MAX_STATEMENTS) names.set(text, (name = `millrace-${names.size}`));
  return { ...(name === undefined ? {} : { name }), text, values: [...values] };
}
