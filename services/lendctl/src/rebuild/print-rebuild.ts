import { table } from '../command/print-table.js';
import type { RebuildReport } from './rebuild-model.js';

const HASH_DIGITS = 16;

/** What came of a rebuild, for people. */
export function rebuildAsText({ model, service, records, perSecond, tables, equal, replaced }: RebuildReport): string {
  const rows = tables.map((compared) => [
    compared.table,
    compared.rows,
    compared.liveSha256.slice(0, HASH_DIGITS),
    compared.rebuiltSha256.slice(0, HASH_DIGITS),
    compared.missing,
    compared.extra,
  ]);
  const verdict = equal ? 'The live model is what the log says, byte for byte.' : replaced ? 'The rebuilt content has taken over.' : 'Nothing was changed.';
  return [
    `${model} of ${service}: ${records} records, ${perSecond}/s`,
    table(['table', 'rows', 'live', 'rebuilt', 'missing', 'extra'], rows, ['rows', 'missing', 'extra']),
    verdict,
  ].join('\n');
}
