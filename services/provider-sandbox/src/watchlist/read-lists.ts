import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { ListName } from '../profile/firm-record.js';
import type { ListEntry, SubjectKind } from './list-index.js';

const OWN_LISTS = new URL('../../data/watchlists.csv', import.meta.url);
const OFAC_MAIN = /^ofac-sdn-(.+)\.csv\.gz$/;
/** OFAC's files mean "nothing" by this. */
const OFAC_EMPTY = '-0-';

type OwnRow = { list: ListName; kind: SubjectKind; name: string; aliases: string; identifier: string };

/** The project's own lists: synthetic parties only. */
export function readOwnLists(): ListEntry[] {
  const rows: OwnRow[] = parse(readFileSync(OWN_LISTS), { columns: true, bom: true, skip_empty_lines: true });
  return rows.map(({ list, kind, name, aliases, identifier }) => ({
    list,
    kind,
    name,
    aliases: aliases.split('|').filter(Boolean),
    identifier: identifier || null,
  }));
}

function ofacRows(path: string): string[][] {
  const rows: string[][] = parse(gunzipSync(readFileSync(path)), { relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  return rows.map((row) => row.map((cell) => cell.trim()));
}

/** OFAC's list and aliases of one year: firms and natural persons; ships and aircraft apply for no loan. */
function readOfac(folder: string, year: string): ListEntry[] {
  const aliases = new Map<string, string[]>();
  const aliasFile = join(folder, `ofac-alt-${year}.csv.gz`);
  for (const [number = '', , , name = ''] of existsSync(aliasFile) ? ofacRows(aliasFile) : []) {
    if (name !== '' && name !== OFAC_EMPTY) aliases.set(number, [...(aliases.get(number) ?? []), name]);
  }
  return ofacRows(join(folder, `ofac-sdn-${year}.csv.gz`)).flatMap(([number = '', name = '', type = '']): ListEntry[] => {
    if (name === '' || (type !== 'individual' && type !== OFAC_EMPTY)) return [];
    return [{ list: 'sanctions', kind: type === 'individual' ? 'person' : 'company', name, aliases: aliases.get(number) ?? [], identifier: null }];
  });
}

/** OFAC's lists under `watchlists/` of a data folder; none where it has none. */
export function readOfacLists(dataDirectory: string | undefined): ListEntry[] {
  const folder = dataDirectory && join(dataDirectory, 'watchlists');
  if (!folder || !existsSync(folder)) return [];
  const years = readdirSync(folder).flatMap((file) => OFAC_MAIN.exec(file)?.[1] ?? []);
  return years.flatMap((year) => readOfac(folder, year));
}
