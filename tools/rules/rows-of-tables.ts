import type { TableFile } from '@millrace/policy';
import type { SourceFile } from '../source-tree.js';

/** A row of a decision table as the register names it: `<table> <code>`, and the rules that it cites. */
export interface NamedRow {
  readonly name: string;
  readonly cites: readonly string[];
}

/** Rows of every decision table of the services. */
export function rowsOfTables(files: readonly SourceFile[]): readonly NamedRow[] {
  return files.flatMap(({ path, text }) => {
    const table = /\/tables\/([a-z-]+)\.json$/.exec(path)?.[1];
    return table === undefined ? [] : (JSON.parse(text) as TableFile).rows.map(({ code, cites }) => ({ name: `${table} ${code}`, cites }));
  });
}
