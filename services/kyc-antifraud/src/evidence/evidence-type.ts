import { isUtf8 } from 'node:buffer';
import { EVIDENCE_MEDIA_TYPES, type EvidenceMediaType } from '@millrace/contracts/api';
import { parse } from 'csv-parse/sync';
import { fileTypeFromBuffer } from 'file-type';

/** Control characters that no text file has; tab and line ends are none of them. */

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
/** A text with HTML or a script in it is no table, whatever it is called. */
const MARKUP = /<\s*(script|html|iframe|svg|!doctype|\?xml)/i;

/** Rows of a table that are looked at: all of ten megabytes would hold everybody up for seconds. */
const LOOKED_AT_ROWS = 1_000;

/**
 * What a file is by its content alone; undefined where it is nothing that is taken. A CSV file has no signature: it is text in UTF-8 or GB 18030 with at
 * least two columns, the same number in each of its first rows.
 */
export async function evidenceTypeOf(file: Buffer): Promise<EvidenceMediaType | undefined> {
  const found = await fileTypeFromBuffer(file);
  if (found) return EVIDENCE_MEDIA_TYPES.find((type) => type === found.mime);
  return isTable(file) ? 'text/csv' : undefined;
}

function isTable(file: Buffer): boolean {
  const text = textOf(file);
  if (text === undefined || CONTROL.test(text) || MARKUP.test(text)) return false;
  try {
    const [first = []] = parse(text, { bom: true, skip_empty_lines: true, delimiter: [',', ';', '\t'], to: LOOKED_AT_ROWS }) as string[][];
    return first.length > 1;
  } catch {
    return false;
  }
}

/** Decodes what Chinese programs write: UTF-8, or GB 18030. */
function textOf(file: Buffer): string | undefined {
  if (isUtf8(file)) return file.toString('utf8');
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}
