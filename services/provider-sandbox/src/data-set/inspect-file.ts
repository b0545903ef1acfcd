import { createReadStream } from 'node:fs';
import { readInvoices, type InvoiceFile } from '@millrace/invoices';

/** Net valid amounts of one month without VAT, red letters deducted, and their VAT; fen. */
export interface MonthTotals {
  salesMinor: number;
  salesTaxMinor: number;
  purchasesMinor: number;
  purchasesTaxMinor: number;
}

/** What one invoice file says, kept so that the file is not read again. */
export interface FileContent {
  /** Of the bytes of the file. */
  readonly sha256: string;
  /** All rows, void ones too. */
  readonly invoiceCount: number;
  /** By YYYY-MM, void rows counted as zero: the months that the firm's invoices are dated in. */
  readonly months: Readonly<Record<string, MonthTotals>>;
  /** Why the file cannot be used, one sentence; null where it can. */
  readonly problem: string | null;
}

/** What the sandbox holds for one invoice; it hands out what the firm has, and judges nothing. */
const RULES = { asOf: '2199-12-31', sameInvoiceMonths: 12, mostPlausibleMinor: 10_000_000_000 };

/** Reads an invoice file once, from end to end. */
export async function inspectFile(path: string): Promise<FileContent> {
  const months: Record<string, MonthTotals> = {};
  let file: InvoiceFile;
  try {
    file = await readInvoices(createReadStream(path, { highWaterMark: 256 * 1024 }), RULES);
  } catch (error) {
    return { sha256: '', invoiceCount: 0, months: {}, problem: (error as Error).message };
  }
  for (const row of file.invoices) {
    const totals = (months[row.issuedOn.slice(0, 7)] ??= { salesMinor: 0, salesTaxMinor: 0, purchasesMinor: 0, purchasesTaxMinor: 0 });
    if (row.status === 'void') continue;
    if (row.direction === 'sale') {
      totals.salesMinor += row.amountMinor;
      totals.salesTaxMinor += row.taxMinor;
    } else {
      totals.purchasesMinor += row.amountMinor;
      totals.purchasesTaxMinor += row.taxMinor;
    }
  }
  return { sha256: file.sha256, invoiceCount: file.report.lines, months, problem: null };
}
