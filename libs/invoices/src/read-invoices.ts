import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { BadInvoiceRow, InvoiceDirection, InvoiceRow, InvoiceStatus } from './invoice-row.js';
import { parseYuan } from './parse-yuan.js';

const COLUMNS = ['direction', 'invoice_no', 'issued_on', 'counterparty', 'amount_yuan', 'tax_yuan', 'total_yuan', 'status'] as const;
const ISSUED_ON = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** Longest line that is still read as one: a file without line ends must not fill the memory. */
const MAX_LINE_CHARACTERS = 100_000;
const REPORTED_BAD_ROWS = 20;

/** The file as a whole cannot be read: a column is missing, or it is no CSV. */
export class InvoiceFileError extends Error {}

/** The bytes are not those that were ordered (their SHA-256 differs). */
export class InvoiceBatchMismatchError extends Error {}

/** Settings of one reading. */
export interface ReadInvoicesOptions {
  /** SHA-256 (hex) that the bytes must have; a difference throws after the last chunk, so keep nothing before the end. */
  readonly expectedSha256?: string;
}

/** What was read, complete once the iteration has ended. */
export interface InvoiceReading extends AsyncIterable<InvoiceRow[]> {
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

class StreamedInvoices implements InvoiceReading {
  sha256 = '';
  rowCount = 0;
  badRowCount = 0;
  readonly badRows: BadInvoiceRow[] = [];
  #places: ColumnPlaces | undefined;
  #line = 0;

  constructor(
    private readonly source: AsyncIterable<Uint8Array>,
    private readonly options: ReadInvoicesOptions,
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

async function* plainBytes(source: AsyncIterable<Uint8Array>, onRaw: (raw: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let begin = Buffer.alloc(0);
  let ended = false;
  while (begin.length < 2 && !ended) {
    const next = await iterator.next();
    if (next.done) ended = true;
    else {
      onRaw(next.value);
      begin = Buffer.concat([begin, next.value]);
    }
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (begin.length > 0) yield begin;
      while (!ended) {
        const next = await iterator.next();
        if (next.done) return;
        onRaw(next.value);
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  const gzipped = begin[0] === 0x1f && begin[1] === 0x8b;
  if (!gzipped) {
    yield* whole();
    return;
  }
  const packed = Readable.from(whole());
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  packed.on('error', (error) => gunzip.destroy(error));
  try {
    yield* packed.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } finally {
    // A reader that stops early must let go of the connection too.
    packed.destroy();
  }
}

/**
 * Reads a batch of VAT invoices, gzip or plain, row by row in chunks, without ever holding the whole (a firm may have 50,000
 * invoices). Columns are found by name. Bad rows are left out and reported. Throws {@link InvoiceFileError},
 * {@link InvoiceBatchMismatchError} after the last chunk, or the source's own error.
 */
export function readInvoices(source: AsyncIterable<Uint8Array>, options: ReadInvoicesOptions = {}): InvoiceReading {
  return new StreamedInvoices(source, options);
}
