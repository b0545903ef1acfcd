import { newId } from '@millrace/contracts';
import type { Database } from '@millrace/service';
import { SOURCES, type Source } from './sources.js';

/** Our own ids of the queries of one verification. One is missing where a later version added the source. */
export type QueryIds = Readonly<Partial<Record<Source, string>>>;

/** Ids for every source that this build knows: recorded with the request, so that the first round asks without another write. */
export function drawQueryIds(): Required<QueryIds> {
  return Object.fromEntries(SOURCES.map((source) => [source, newId()])) as Required<QueryIds>;
}

/** Where the ids of queries are kept: of the firm by its application, of a guarantor by its own id. */
const KEPT_IN = {
  firm: { table: 'verification', idColumn: 'application_id' },
  guarantor: { table: 'guarantor_check', idColumn: 'guarantor_id' },
} as const;

const keepFirst = ({
  table,
  idColumn,
}: (typeof KEPT_IN)[keyof typeof KEPT_IN]): string => `update ${table} set query_ids = jsonb_build_object($2::text, $3::text) || case when query_ids ->> $2 = $4 then query_ids - $2::text else query_ids end
  where ${idColumn} = $1 returning query_ids ->> $2 as "queryId"`;

/** Whose queries they are: those of the firm of an application, or of one of its guarantors. */
export interface AskedQueries {
  readonly applicationId: string;
  readonly guarantorId?: string;
  readonly queryIds: QueryIds;
  /** Queries whose answers are too old. */
  readonly spentQueryIds: QueryIds;
}

/**
 * The id under which a source is asked, recorded before the first call, so that every retry is the same query to the provider. A verification that was
 * under way when its source was added gets it here, and so does one whose answer has become too old, since the provider would give that answer again under
 * the old id; where two instances draw at once, both get the one that was recorded first.
 */
export async function queryIdOf(source: Source, { applicationId, guarantorId, queryIds, spentQueryIds }: AskedQueries, database: Database): Promise<string> {
  const known = queryIds[source];
  const spent = spentQueryIds[source];
  if (known !== undefined && known !== spent) return known;
  const { rows } = await database.query<{ queryId: string }>(keepFirst(KEPT_IN[guarantorId === undefined ? 'firm' : 'guarantor']), [
    guarantorId ?? applicationId,
    source,
    newId(),
    spent ?? null,
  ]);
  return rows[0]!.queryId;
}
