import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** A firm as the table of a data folder has it. */
export interface TableFirm {
  readonly firmId: string;
  /** Null where the table has no name for it. */
  readonly name: string | null;
  /** Undefined where it is not labelled. */
  readonly defaulted: boolean | undefined;
}

/** A data folder that cannot be used; the message says what is wrong with it, in one sentence. */
export class DataSetUnreadableError extends Error {}

/** Firm ids name files, so nothing that leaves the folder may be one. */
const FIRM_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

function labelOf(text: string | undefined): boolean | undefined {
  const label = text?.trim().toLowerCase();
  if (label === '1' || label === 'yes' || label === 'true') return true;
  return label === '0' || label === 'no' || label === 'false' ? false : undefined;
}

/** Reads `firms.csv`: `firm_id` is needed, `name` and `defaulted` are taken where they are there, every other column is left alone. */
export function readFirmTable(path: string): TableFirm[] {
  let rows: Record<string, string | undefined>[];
  try {
    rows = parse(readFileSync(path), {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (error) {
    throw new DataSetUnreadableError(`${path} cannot be read as CSV: ${(error as Error).message}`);
  }
  if (rows.length > 0 && rows[0]!['firm_id'] === undefined) throw new DataSetUnreadableError(`${path} has no column firm_id.`);
  const firms = rows.map((row): TableFirm => ({
    firmId: row['firm_id']?.trim() ?? '',
    name: row['name']?.trim() || null,
    defaulted: labelOf(row['defaulted']),
  }));
  const bad = firms.findIndex(({ firmId }) => !FIRM_ID.test(firmId));
  if (bad >= 0) throw new DataSetUnreadableError(`${path}: the firm_id of firm ${bad + 1} is no name of a file: "${firms[bad]!.firmId}".`);
  if (firms.length === 0) throw new DataSetUnreadableError(`${path} has no firm.`);
  if (new Set(firms.map(({ firmId }) => firmId)).size < firms.length) throw new DataSetUnreadableError(`${path} has a firm_id twice.`);
  return firms;
}
