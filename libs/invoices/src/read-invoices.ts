import { createHash } from 'node:crypto';
import { normalForm } from '@millrace/contracts';
import { parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.js';
import { InvoiceBatchMismatchError, InvoiceFileError } from './invoice-file-error.js';
import type { Invoice, InvoiceFileReport, LineFlaw } from './invoice-row.js';
import { plainBytes } from './plain-bytes.js';
import { placesOf, readLine, type ColumnPlaces, type FileRow } from './read-line.js';
import { countsAgainst, settleInvoices } from './settle-invoices.js';

/** Largest file that is read, unpacked: about a million invoices. A packed file can be a thousand times larger than it looks. */
export const MOST_FILE_BYTES = 128 * 1024 * 1024;
const EXAMPLES_PER_KIND = 5;
/** Amount, tax and total are rounded each by itself. */
const ROUNDING_MINOR = 1;

/** What is believed of a file; the numbers are those of the policy release. */
export interface ReadingRules {
  /** Business date of the reading, YYYY-MM-DD: no invoice can be of a later day. */
  readonly asOf: string;
  /** For so many months a number of one seller means the same invoice. */
  readonly sameInvoiceMonths: number;
  /** Most that one row can be, in fen, with tax; beyond it a person looks. */
  readonly mostPlausibleMinor: number;
}

/** Settings of one reading. */
export interface ReadInvoicesOptions extends ReadingRules {
  /** SHA-256 (hex) that the bytes must have. */
  readonly expectedSha256?: string;
}

/** A file that was read from end to end. */
export interface InvoiceFile {
  /** SHA-256 (hex) of the bytes as they came (before decompression). */
  readonly sha256: string;
  readonly invoices: readonly Invoice[];
  /** Sales that are not believed because a later row made them void, other rows contradict them or their sums lie, so that a figure which looks better without them can be computed with them too. */
  readonly doubted: readonly Invoice[];
  readonly report: InvoiceFileReport;
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

function* recordsOf(text: string): Generator<CsvRecord> {
  if (!text.includes('"')) {
    // Quoted fields are rare in this format, so only such files pay for a full CSV parser.
    let line = 0;
    for (const raw of text.split(/\r\n|\n|\r/)) {
      line += 1;
      if (raw.trim() !== '') yield { cells: raw.split(','), line };
    }
    return;
  }
  const options = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true, record_delimiter: ['\r\n', '\n', '\r'] };
  let parsed: { record: string[]; info: { lines: number } }[];
  try {
    parsed = parse(text, options) as unknown as typeof parsed;
  } catch {
    throw new InvoiceFileError('the invoice file is not CSV: a quote is never closed');
  }
  for (const { record, info } of parsed) yield { cells: record, line: info.lines };
}

/** True where amount and tax make the total to the fen of rounding, and the tax has the sign of the amount (F05). */
function sumsFit({ amountMinor, taxMinor, totalMinor }: FileRow): boolean {
  if (Math.abs(amountMinor + taxMinor - totalMinor) > ROUNDING_MINOR) return false;
  return Math.abs(taxMinor) <= ROUNDING_MINOR || Math.sign(taxMinor) === Math.sign(amountMinor);
}

class LineBook {
  readonly counts = { unreadable: 0, other_form: 0, contradictory: 0, future: 0, implausible: 0, duplicate: 0 };
  readonly rows: FileRow[] = [];
  /** Sales whose sums lie: not believed, and not to be gained from. */
  readonly doubted: FileRow[] = [];
  readonly #examples: InvoiceFileReport['examples'][number][] = [];
  /** Texts come again and again, and a file's names are few. */
  readonly #forms = new Map<string, string>();

  constructor(private readonly rules: ReadingRules) {}

  get examples(): InvoiceFileReport['examples'] {
    return this.#examples.sort((a, b) => a.line - b.line);
  }

  report(kind: LineFlaw, line: number, problem: string): void {
    this.counts[kind] += 1;
    if (this.counts[kind] <= EXAMPLES_PER_KIND) this.#examples.push({ kind, line, problem });
  }

  formOf(text: string): string {
    let form = this.#forms.get(text);
    if (form === undefined) this.#forms.set(text, (form = normalForm(text)));
    return form;
  }

  take(row: FileRow, contractForm: boolean, exact: boolean): void {
    const { mostPlausibleMinor, asOf } = this.rules;
    const { line } = row;
    if (!contractForm) this.report('other_form', line, 'it is not written as the format says');
    if (!exact || Math.max(Math.abs(row.amountMinor), Math.abs(row.totalMinor)) > mostPlausibleMinor) {
      this.report('implausible', line, 'an amount is larger than an invoice can be');
      this.#keepCost(row, mostPlausibleMinor);
    } else if (row.issuedOn > asOf) this.report('future', line, 'issued_on is later than today');
    else if (!sumsFit(row)) {
      this.report('contradictory', line, 'amount and tax do not make the total');
      this.#keepCost(row, Math.max(row.amountMinor, row.totalMinor));
      if (row.direction === 'sale' && row.status === 'valid' && !countsAgainst(row)) this.doubted.push(row);
    } else this.rows.push(row);
  }

  /** A row that is not believed still counts where it lowers what is lent, so that nobody gains by spoiling a cost or a red letter. */
  #keepCost(row: FileRow, costMinor: number): void {
    if (row.status === 'void' || !Number.isFinite(row.amountMinor) || !countsAgainst(row)) return;
    const amountMinor = row.direction === 'purchase' ? costMinor : Math.max(row.amountMinor, -this.rules.mostPlausibleMinor);
    this.rows.push({ ...row, amountMinor, taxMinor: 0, totalMinor: amountMinor });
  }
}

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; sha256: string }> {
  const hash = createHash('sha256');
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of plainBytes(source, (raw) => hash.update(raw))) {
    size += piece.length;
    if (size > MOST_FILE_BYTES) throw new InvoiceFileError(`the invoice file is larger than ${MOST_FILE_BYTES / 1024 / 1024} MiB`);
    pieces.push(piece);
  }
  return { bytes: Buffer.concat(pieces), sha256: hash.digest('hex') };
}

/**
 * Reads a file of VAT invoices, gzip or plain, in any encoding that {@link decodeText} knows. Columns are found by name. What is handed out are
 * invoices, each once, in the state that its rows leave it in; what a line lacks or contradicts is counted in the report. The whole file is read
 * before anything is handed out, as a later row may void an earlier one and the bytes may not be those that were ordered.
 * Throws {@link InvoiceFileError}, {@link InvoiceBatchMismatchError}, or the source's own error.
 */
export async function readInvoices(source: AsyncIterable<Uint8Array>, options: ReadInvoicesOptions): Promise<InvoiceFile> {
  const { bytes, sha256 } = await bytesOf(source);
  if (options.expectedSha256 && options.expectedSha256 !== sha256) {
    throw new InvoiceBatchMismatchError('the invoice batch does not have the bytes that were ordered');
  }
  const book = new LineBook(options);
  const formOf = (text: string): string => book.formOf(text);
  let places: ColumnPlaces | undefined;
  let lines = 0;
  for (const { cells, line } of recordsOf(decodeText(bytes))) {
    if (!places) {
      places = placesOf(cells);
      continue;
    }
    lines += 1;
    const reading = readLine(cells, line, places, formOf);
    if ('problem' in reading) book.report('unreadable', line, reading.problem);
    else book.take(reading.row, reading.contractForm, reading.exact);
  }
  if (!places) throw new InvoiceFileError('the invoice file is empty');
  const { counts } = book;
  // What cannot be read is not known to be nothing: a file without one readable line is no firm without invoices (F03, R-CO-04).
  if (lines > 0 && counts.unreadable === lines) throw new InvoiceFileError('no line of the invoice file can be read');
  const contradictorySums = counts.contradictory;
  const settled = settleInvoices(book.rows, formOf, options.sameInvoiceMonths);
  for (const { line } of settled.duplicates) book.report('duplicate', line, 'it only repeats another row of the same invoice');
  for (const { line } of settled.contradictory) book.report('contradictory', line, 'another row of the same invoice has another date, party or amount');
  return {
    sha256,
    invoices: settled.invoices,
    doubted: [...settled.doubted, ...book.doubted],
    report: {
      lines,
      unreadable: counts.unreadable,
      otherForm: counts.other_form,
      contradictorySums,
      contradictoryRows: settled.contradictory.length,
      future: counts.future,
      implausible: counts.implausible,
      duplicates: settled.duplicates.length,
      voidedLater: settled.voidedLater,
      examples: book.examples,
    },
  };
}
