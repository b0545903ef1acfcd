import { newId } from '@millrace/contracts';
import type { Database } from '@millrace/service';
import { SOURCES, type Source } from './sources.js';

/** Our own ids of the queries of one verification. One is missing where a later version added the source. */
export type QueryIds = Readonly<Partial<Record<Source, string>>>;

/** Ids for every source that this build knows: recorded with the request, so that the first round asks without another write. */
export function drawQueryIds(): Required<QueryIds> {
  return Object.fromEntries(SOURCES.map((source) => [source, newId()])) as Required<QueryIds>;
}

const KEEP_FIRST = `update verification set query_ids = jsonb_build_object($2::text, $3::text) || query_ids where application_id = $1
  returning query_ids ->> $2 as "queryId"`;

/**
 * The id under which a source is asked, recorded before the first call, so that every retry is the same query to the provider. A verification that was
 * under way when its source was added gets it here; where two instances draw at once, both get the one that was recorded first.
 */
export async function queryIdOf(
  source: Source,
  { applicationId, queryIds }: { applicationId: string; queryIds: QueryIds },
  database: Database,
): Promise<string> {
  const known = queryIds[source];
  if (known !== undefined) return known;
  const { rows } = await database.query<{ queryId: string }>(KEEP_FIRST, [applicationId, source, newId()]);
  return rows[0]!.queryId;
}
