/** Folder that holds `sme-invoices`: the first argument, or LENDING_DATA_DIR. */
export function dataFolderOf(argv: readonly string[], env: Readonly<Record<string, string | undefined>> = process.env): string {
  const folder = argv[2] ?? env['LENDING_DATA_DIR'];
  if (!folder) throw new Error('set LENDING_DATA_DIR to the folder that holds sme-invoices');
  return folder;
}
