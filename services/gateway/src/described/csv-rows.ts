import type { Description, Route } from '@millrace/contracts/api';

const LINE_END = '\r\n';
/** A spreadsheet takes a cell that begins so for a formula, and runs it. */
const FORMULA_BEGINS = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell: quoted where it must be (RFC 4180), and as plain text where a spreadsheet would see a formula. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value) ? value.join(' ') : String(value as string | number | boolean);
  const plain = FORMULA_BEGINS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Description of the rows of a route that can be asked for as CSV. Throws where the route names no list of objects. */
export function rowsOf({ name, csv, answers }: Route): Description | undefined {
  if (csv === undefined) return undefined;
  const rows = answers[200]?.body.fields[csv]?.spec;
  if (rows?.listMax === undefined || !rows.object) throw new Error(`${name}: ${csv} is no list of objects, so it cannot be sent as CSV`);
  return rows.object;
}

/** Rows as CSV, with a line of the described names before them. */
export function csvOf(description: Description, rows: readonly Readonly<Record<string, unknown>>[]): string {
  const names = Object.keys(description.fields);
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map((cells) => cells.map(csvCell).join(',') + LINE_END).join('');
}

/** A media range of `accept` with its weight; one that is not understood weighs nothing. */
function weightOf(accept: string, mediaType: string): number {
  const [kind] = mediaType.split('/');
  const weights = accept.split(',').flatMap((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const specific = [`*/*`, `${kind}/*`, mediaType].indexOf(type);
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
    return specific < 0 ? [] : [{ specific, weight: quality === undefined ? 1 : Number(quality) || 0 }];
  });
  return weights.toSorted((a, b) => b.specific - a.specific)[0]?.weight ?? 0;
}

/** True where a request asks for CSV: by its query, else by `accept`, where JSON wins what is equal. */
export function wantsCsv(format: unknown, accept = '*/*'): boolean {
  if (format !== undefined) return format === 'csv';
  return weightOf(accept, 'text/csv') > weightOf(accept, 'application/json');
}
