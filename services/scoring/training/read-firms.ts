import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInvoicesV1 } from '@millrace/invoices';
import { parse } from 'csv-parse/sync';
import { InvoiceFeatureAccumulator } from '../src/features/invoice-features.js';

/** A firm of the training data; the bank's rating and the firm's name are deliberately not read (shared data README). */
export interface TrainingFirm {
  readonly firmId: string;
  /** True = defaulted; null = not labelled, used for scales only. */
  readonly defaulted: boolean | null;
  readonly inputs: Readonly<Record<string, number | null>>;
  readonly rowCount: number;
  readonly badRowCount: number;
}

interface LabelRow {
  firm_id: string;
  defaulted: string;
}

function invoicesOf(folder: string, firmId: string): AsyncIterable<Uint8Array> {
  const path = join(folder, 'invoices', `${firmId}.csv.gz`);
  if (!existsSync(path)) throw new Error(`there are no invoices of firm ${firmId} in ${folder}`);
  return createReadStream(path);
}

async function lastMonthOf(folder: string, firmIds: readonly string[]): Promise<string> {
  let last = '';
  for (const firmId of firmIds) {
    for await (const rows of readInvoicesV1(invoicesOf(folder, firmId))) {
      for (const row of rows) if (row.issuedOn > last) last = row.issuedOn;
    }
  }
  return last.slice(0, 7);
}

/** Reads all firms in the order of `firms.csv`; windows count back from the last month of the whole data set. */
export async function readFirms(folder: string): Promise<{ referenceMonth: string; firms: TrainingFirm[] }> {
  const labels = parse(readFileSync(join(folder, 'firms.csv')), { columns: true, bom: true }) as LabelRow[];
  const referenceMonth = await lastMonthOf(
    folder,
    labels.map((row) => row.firm_id),
  );
  const firms: TrainingFirm[] = [];
  for (const { firm_id: firmId, defaulted } of labels) {
    const accumulator = new InvoiceFeatureAccumulator(referenceMonth);
    const reading = readInvoicesV1(invoicesOf(folder, firmId));
    for await (const rows of reading) for (const row of rows) accumulator.add(row);
    const { inputs } = accumulator.finish();
    firms.push({ firmId, defaulted: defaulted === '' ? null : defaulted === '1', inputs, rowCount: reading.rowCount, badRowCount: reading.badRowCount });
  }
  return { referenceMonth, firms };
}
