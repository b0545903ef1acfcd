import { normalForm } from '@millrace/contracts';
import { InvoiceFileError } from './invoice-file-error.js';
import type { Invoice } from './invoice-row.js';
import { parseAmount } from './parse-amount.js';
import { parseDate } from './parse-date.js';
import { CODE_COLUMN, COLUMNS, isInvoiceNumber, isPartyName, parseDirection, parseStatus } from './read-fields.js';

type Column = (typeof COLUMNS)[number];

/** Where the columns are, and how many fields a line has. */
export interface ColumnPlaces extends Readonly<Record<Column, number>> {
  /** Undefined where the file has no `invoice_code`. */
  readonly code: number | undefined;
  readonly count: number;
}

/** A row as it is written, with what comparing rows needs. */
export interface FileRow extends Invoice {
  readonly line: number;
  /** Code of the invoice's series (发票代码); empty where none is given. */
  readonly code: string;
}

/** What a line says: a row, or why it is none. */
export type LineReading = { readonly row: FileRow; readonly contractForm: boolean; readonly exact: boolean } | { readonly problem: string };

/** Finds the columns by name, whatever their order and case; throws {@link InvoiceFileError} for a missing one or one that is there twice. */
export function placesOf(header: readonly string[]): ColumnPlaces {
  const names = header.map((name) => normalForm(name).toLowerCase());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new InvoiceFileError(`the invoice file has no column ${missing.join(', ')}`);
  const twice = [...COLUMNS, CODE_COLUMN].find((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice) throw new InvoiceFileError(`the invoice file has the column ${twice} twice`);
  const places = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as Record<Column, number>;
  const code = names.indexOf(CODE_COLUMN);
  return { ...places, code: code < 0 ? undefined : code, count: names.length };
}

/** Width unified, what cannot be seen and the blanks around it removed: a date keeps its dots. */
const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .trim();

function amountsOf(cells: readonly string[], places: ColumnPlaces) {
  const amount = parseAmount(cells[places.amount_yuan]!);
  const tax = parseAmount(cells[places.tax_yuan]!);
  const total = parseAmount(cells[places.total_yuan]!);
  return amount && tax && total ? { amount, tax, total } : undefined;
}

/** Reads one line (`formOf` is the normal form of a text); nothing of it is guessed, and a problem names a column, never what stands in it. */
export function readLine(cells: readonly string[], line: number, places: ColumnPlaces, formOf: (text: string) => string): LineReading {
  if (cells.length < places.count) return { problem: 'it has fewer fields than the header' };
  // A field that should not be there shifts the others, as a thousands comma without quotes does.
  if (cells.length > places.count && cells.slice(places.count).some((cell) => cell.trim() !== '')) return { problem: 'it has more fields than the header' };
  const direction = parseDirection(cells[places.direction]!.trim());
  if (!direction) return { problem: 'direction is neither sale nor purchase' };
  const issuedOn = cells[places.issued_on]!;
  const date = parseDate(issuedOn) ?? parseDate(plainText(issuedOn));
  if (!date) return { problem: 'issued_on is no day of the calendar' };
  const amounts = amountsOf(cells, places);
  if (!amounts) return { problem: 'an amount is not in whole fen' };
  const { amount, tax, total } = amounts;
  const status = parseStatus(cells[places.status]!.trim(), amount.minor);
  if (!status) return { problem: 'status is neither valid nor void' };
  const counterparty = cells[places.counterparty]!;
  if (!isPartyName(counterparty)) return { problem: 'counterparty is empty, too long or damaged' };
  const invoiceNo = cells[places.invoice_no]!;
  const code = places.code === undefined ? '' : cells[places.code]!;
  if (!isInvoiceNumber(invoiceNo) || (code.trim() !== '' && !isInvoiceNumber(code)))
    return { problem: 'invoice_no or invoice_code is empty, too long or damaged' };
  return {
    contractForm: direction.contractForm && date.contractForm && status.contractForm && amount.contractForm && tax.contractForm && total.contractForm,
    exact: [amount, tax, total].every(({ minor }) => Number.isFinite(minor)),
    row: {
      line,
      code: code === '' ? '' : normalForm(code),
      direction: direction.value,
      invoiceNo,
      issuedOn: date.date,
      counterparty,
      party: formOf(counterparty),
      amountMinor: amount.minor,
      taxMinor: tax.minor,
      totalMinor: total.minor,
      status: status.value,
    },
  };
}
