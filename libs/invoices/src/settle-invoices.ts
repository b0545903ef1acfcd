import type { Invoice } from './invoice-row.js';
import type { FileRow } from './read-line.js';

/** Invoices of a file after all rows of each were compared. */
export interface SettledInvoices {
  readonly invoices: Invoice[];
  /** Sales that a later row made void or that other rows contradict, as they would count if they were believed; none of them is in `invoices` as valid. */
  readonly doubted: Invoice[];
  readonly duplicates: FileRow[];
  readonly contradictory: FileRow[];
  readonly voidedLater: number;
}

/** `months` later, the same day of the month: for comparing alone, so a day beyond a month's end is fine. */
function monthsAfter(date: string, months: number): string {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}${date.slice(7)}`;
}

/** Rows of one number and seller, apart where the number returned later, or where their codes differ. */
function clustersOf(rows: readonly FileRow[], sameInvoiceMonths: number): FileRow[][] {
  const clusters: FileRow[][] = [];
  const codes = new Set(rows.flatMap(({ code }) => (code === '' ? [] : [code])));
  const byCode = codes.size > 1 ? [...codes, ''].map((code) => rows.filter((row) => row.code === code)) : [rows];
  for (const series of byCode) {
    let last: string | undefined;
    for (const row of [...series].sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : a.line - b.line))) {
      if (last === undefined || row.issuedOn >= monthsAfter(last, sameInvoiceMonths)) clusters.push([]);
      clusters.at(-1)!.push(row);
      last = row.issuedOn;
    }
  }
  return clusters;
}

/** Many programs empty the amounts of a void invoice; such a row says nothing against the others. */
const isEmptied = ({ status, amountMinor, totalMinor }: FileRow): boolean => status === 'void' && amountMinor === 0 && totalMinor === 0;

function agrees(one: FileRow, other: FileRow): boolean {
  if (one.issuedOn !== other.issuedOn || one.party !== other.party) return false;
  if (isEmptied(one) || isEmptied(other)) return true;
  return one.amountMinor === other.amountMinor && one.taxMinor === other.taxMinor && one.totalMinor === other.totalMinor;
}

/** What lowers what a firm can be lent: a red letter among its sales, a cost among its purchases. */
export function countsAgainst({ direction, amountMinor }: Pick<FileRow, 'direction' | 'amountMinor'>): boolean {
  return direction === 'sale' ? amountMinor < 0 : amountMinor > 0;
}

function settleCluster(rows: readonly FileRow[], into: { -readonly [Key in keyof SettledInvoices]: SettledInvoices[Key] }): void {
  const filled = rows.find((row) => !isEmptied(row)) ?? rows[0]!;
  if (!rows.every((row) => agrees(filled, row))) {
    into.contradictory.push(...rows);
    // None of them is believed where it would help the firm; where it counts against it, each of them stays.
    for (const row of rows) if (row.status === 'valid') (countsAgainst(row) ? into.invoices : into.doubted).push(row);
    return;
  }
  const states = new Set(rows.map(({ status }) => status));
  into.duplicates.push(...rows.filter((row, at) => rows.findIndex(({ status }) => status === row.status) !== at));
  if (states.size === 1) {
    into.invoices.push(filled);
    return;
  }
  into.voidedLater += 1;
  const valid = rows.find(({ status }) => status === 'valid')!;
  // The later state of a sale is that it is void. A cost or a red letter that a second row takes away stays: of two readings the one that lends less.
  if (!countsAgainst(valid)) into.doubted.push(valid);
  into.invoices.push(countsAgainst(valid) ? valid : { ...valid, status: 'void' });
}

/** Leading zeros are lost in office programs. */
const numberKey = (form: string): string => form.replace(/^0+(?=.)/, '');

/**
 * Makes invoices of rows (F01, F02). The same invoice is the same direction, number, seller and, where given, code within `sameInvoiceMonths`:
 * numbers return honestly after years and between sellers. Rows that only repeat count once, a later state wins, and rows that contradict
 * each other in date, party or amount are not believed. The order of the rows does not matter.
 */
export function settleInvoices(rows: readonly FileRow[], numberForm: (text: string) => string, sameInvoiceMonths: number): SettledInvoices {
  const byInvoice = new Map<string, FileRow | FileRow[]>();
  for (const row of rows) {
    const seller = row.direction === 'sale' ? '' : row.party;
    const key = `${row.direction}\n${numberKey(numberForm(row.invoiceNo))}\n${seller}`;
    const known = byInvoice.get(key);
    if (known === undefined) byInvoice.set(key, row);
    else if (Array.isArray(known)) known.push(row);
    else byInvoice.set(key, [known, row]);
  }
  const settled = { invoices: [] as Invoice[], doubted: [] as Invoice[], duplicates: [] as FileRow[], contradictory: [] as FileRow[], voidedLater: 0 };
  for (const group of byInvoice.values()) {
    if (Array.isArray(group)) for (const cluster of clustersOf(group, sameInvoiceMonths)) settleCluster(cluster, settled);
    else settled.invoices.push(group);
  }
  return settled;
}
