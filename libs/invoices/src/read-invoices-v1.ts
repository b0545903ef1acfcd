import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { InvoiceBatchMismatchError, InvoiceFileError } from './invoice-file-error.js';
import type { BadInvoiceRow, InvoiceDirection, InvoiceRow, InvoiceStatus } from './invoice-row.js';
import { parseYuan } from './parse-yuan.js';
import { plainBytes } from './plain-bytes.js';

const COLUMNS = ['direction', 'invoice_no', 'issued_on', 'counterparty', 'amount_yuan', 'tax_yuan', 'total_yuan', 'status'] as const;
const ISSUED_ON = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** Longest line that is still read as one: a file without line ends must not fill the memory. */
const MAX_LINE_CHARACTERS = 100_000;
const REPORTED_BAD_ROWS = 20;

/** Settings of one reading. */
export interface ReadInvoicesV1Options {
  /** SHA-256 (hex) that the bytes must have; a difference throws after the last chunk, so keep nothing before the end. */
  readonly expectedSha256?: string;
}

/** What was read, complete once the iteration has ended. */
export interface InvoiceReadingV1 extends AsyncIterable<InvoiceRow[]> {
  /** SHA-256 (hex) of the bytes as they came (before decompression). */
  readonly sha256: string;
  readonly rowCount: number;
  readonly badRowCount: number;
  /** The first bad rows, for the report. */
  readonly badRows: readonly BadInvoiceRow[];
}

type ColumnPlaces = Readonly<Record<(typeof COLUMNS)[number], number>>;

function splitLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  // Quoted fields are rare in this format, so only such lines pay for a full CSV parser.
  return (parse(line, { relax_column_count: true }) as string[][])[0] ?? [];
}

function placesOf(header: string): ColumnPlaces {
  const names = splitLine(header.replace(/^\uFEFF/, '')).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new InvoiceFileError(`the invoice file has no column ${missing.join(', ')}`);
  return Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as ColumnPlaces;
}

function parseRow(line: string, places: ColumnPlaces): InvoiceRow | string {
  let cells: string[];
  try {
    cells = splitLine(line);
  } catch {
    return 'is not CSV';
  }
  const direction = cells[places.direction];
  if (direction !== 'sale' && direction !== 'purchase') return 'direction is neither sale nor purchase';
  const status = cells[places.status];
  if (status !== 'valid' && status !== 'void') return 'status is neither valid nor void';
  const issuedOn = cells[places.issued_on] ?? '';
  if (!ISSUED_ON.test(issuedOn)) return 'issued_on is no date';
  const amountMinor = parseYuan(cells[places.amount_yuan] ?? '');
  const taxMinor = parseYuan(cells[places.tax_yuan] ?? '');
  const totalMinor = parseYuan(cells[places.total_yuan] ?? '');
  if (Number.isNaN(amountMinor) || Number.isNaN(taxMinor) || Number.isNaN(totalMinor)) return 'an amount is not in whole fen';
  const counterparty = cells[places.counterparty] ?? '';
  const invoiceNo = cells[places.invoice_no] ?? '';
  if (counterparty === '' || invoiceNo === '') return 'invoice_no or counterparty is empty';
  return {
    direction: direction satisfies InvoiceDirection,
    invoiceNo,
    issuedOn,
    counterparty,
    amountMinor,
    taxMinor,
    totalMinor,
    status: status satisfies InvoiceStatus,
  };
}

class StreamedInvoices implements InvoiceReadingV1 {
  sha256 = '';
  rowCount = 0;
  badRowCount = 0;
  readonly badRows: BadInvoiceRow[] = [];
  #places: ColumnPlaces | undefined;
  #line = 0;

  constructor(
    private readonly source: AsyncIterable<Uint8Array>,
    private readonly options: ReadInvoicesV1Options,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<InvoiceRow[]> {
    const hash = createHash('sha256');
    const decoder = new TextDecoder('utf-8');
    let rest = '';
    for await (const bytes of plainBytes(this.source, (raw) => hash.update(raw))) {
      rest += decoder.decode(bytes, { stream: true });
      const end = rest.lastIndexOf('\n');
      if (end < 0) {
        if (rest.length > MAX_LINE_CHARACTERS) throw new InvoiceFileError('the invoice file has a line that never ends');
        continue;
      }
      const rows = this.#rowsOf(rest.slice(0, end));
      rest = rest.slice(end + 1);
      if (rows.length > 0) yield rows;
    }
    const last = this.#rowsOf(rest + decoder.decode());
    if (!this.#places) throw new InvoiceFileError('the invoice file is empty');
    if (last.length > 0) yield last;
    this.sha256 = hash.digest('hex');
    if (this.options.expectedSha256 && this.options.expectedSha256 !== this.sha256) {
      throw new InvoiceBatchMismatchError('the invoice batch does not have the bytes that were ordered');
    }
  }

  #rowsOf(text: string): InvoiceRow[] {
    const rows: InvoiceRow[] = [];
    if (text === '') return rows;
    for (const raw of text.split('\n')) {
      this.#line += 1;
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line === '') continue;
      if (!this.#places) {
        this.#places = placesOf(line);
        continue;
      }
      const row = parseRow(line, this.#places);
      if (typeof row === 'string') this.#reject(row);
      else rows.push(row);
    }
    this.rowCount += rows.length;
    return rows;
  }

  #reject(problem: string): void {
    this.badRowCount += 1;
    if (this.badRows.length < REPORTED_BAD_ROWS) this.badRows.push({ line: this.#line, problem });
  }
}

/**
 * Reads a batch as feature set v1 did, row by row in chunks: every readable row is believed, copies and later voids included. It is frozen, for
 * applications that were verified under it and for comparisons; everything new reads with `readInvoices`. Throws {@link InvoiceFileError},
 * {@link InvoiceBatchMismatchError} after the last chunk, or the source's own error.
 */
export function readInvoicesV1(source: AsyncIterable<Uint8Array>, options: ReadInvoicesV1Options = {}): InvoiceReadingV1 {
  return new StreamedInvoices(source, options);
}
