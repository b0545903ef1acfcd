import { newId } from '@millrace/contracts';
import type { Database } from '@millrace/service';
import { SOURCES, type Source } from './sources.js';

/** Our own ids of the queries of one verification. One is missing where a later version added the source. */
export type QueryIds = Readonly<Partial<Record<Source, string>>>;

/** Ids for every source that this build knows: recorded with the request, so that the first round asks without another write. */
export function drawQueryIds(): Required<QueryIds> {
  return Object.fromEntries(SOURCES.map((source) => [source, newId()])) as Required<QueryIds>;
}

const KEEP_FIRST = `update verification set query_ids = jsonb_build_object($2::text, $3::text) || case when query_ids ->> $2 = $4 then query_ids - $2::text else query_ids end
  where application_id = $1 returning query_ids ->> $2 as "queryId"`;

/**
 * The id under which a source is asked, recorded before the first call, so that every retry is the same query to the provider. A verification that was
 * under way when its source was added gets it here, and so does one whose answer has become too old, since the provider would give that answer again under
 * the old id; where two instances draw at once, both get the one that was recorded first.
 */
export async function queryIdOf(
  source: Source,
  { applicationId, queryIds, spentQueryIds }: { applicationId: string; queryIds: QueryIds; spentQueryIds: QueryIds },
  database: Database,
): Promise<string> {
  const known = queryIds[source];
  const spent = spentQueryIds[source];
  if (known !== undefined && known !== spent) return known;
  const { rows } = await database.query<{ queryId: string }>(KEEP_FIRST, [applicationId, source, newId(), spent ?? null]);
  return rows[0]!.queryId;
}
