import { processEnvironment, type Environment } from '@millrace/service';

/** Folder that holds `sme-invoices`: the first argument, or LENDING_DATA_DIR. */
export function dataFolderOf(argv: readonly string[], environment: Environment = processEnvironment()): string {
  const folder = argv[2] ?? environment['LENDING_DATA_DIR'];
  if (!folder) throw new Error('set LENDING_DATA_DIR to the folder that holds sme-invoices');
  return folder;
}
