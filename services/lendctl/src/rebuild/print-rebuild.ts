import { table } from '../command/print-table.js';
import { MAX_DIFFERENCES } from './compare-tables.js';
import type { RebuildReport } from './rebuild-model.js';

const HASH_DIGITS = 16;

/** What came of a rebuild, for people. */
export function rebuildAsText({ model, service, applicationId, records, perSecond, tables, equal, replaced }: RebuildReport): string {
  const rows = tables.map((compared) => [
    compared.table,
    compared.rows,
    compared.liveSha256.slice(0, HASH_DIGITS),
    compared.rebuiltSha256.slice(0, HASH_DIGITS),
    compared.missing,
    compared.extra,
  ]);
  const verdict = equal ? 'The live model is what the log says, byte for byte.' : replaced ? 'The rebuilt content has taken over.' : 'Nothing was changed.';
  const different = tables.flatMap(({ table: name, differences }) =>
    differences.map(({ key, live, columns }) => [name, Object.values(key).join(' '), live, columns.join(' ')]),
  );
  return [
    `${model} of ${service}${applicationId ? `, application ${applicationId}` : ''}: ${records} records, ${perSecond}/s`,
    table(['table', 'rows', 'live', 'rebuilt', 'missing', 'extra'], rows, ['rows', 'missing', 'extra']),
    ...(different.length === 0 ? [] : [`Rows that differ, at most ${MAX_DIFFERENCES} of a table:`, table(['table', 'row', 'live', 'columns'], different)]),
    verdict,
  ].join('\n');
}
