import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInvoices, readInvoicesV1, type InvoiceFileReport } from '@millrace/invoices';
import { policyOf } from '@millrace/policy';
import { parse } from 'csv-parse/sync';
import { InvoiceFeatureAccumulatorV1 } from '../src/features/invoice-features-v1.js';
import { computeInvoiceFeatures } from '../src/features/invoice-features.js';

/** Rules by which figures are made of invoices. */
export type FeatureSet = 1 | 2;

/** A firm of the training data; the bank's rating and the firm's name are deliberately not read: every D firm defaulted. */
export interface TrainingFirm {
  readonly firmId: string;
  /** True = defaulted; null = not labelled, used for scales only. */
  readonly defaulted: boolean | null;
  readonly inputs: Readonly<Record<string, number | null>>;
  readonly rowCount: number;
  readonly badRowCount: number;
  /** What the file's lines are worth; feature set v2 alone knows. */
  readonly report?: InvoiceFileReport;
}

interface LabelRow {
  firm_id: string;
  defaulted: string;
}

/** Policy whose parameters the features of v2 are made with. */
const POLICY_VERSION = 'online_microloan.v0';
/** The scale by which the cards of the training tell of grades. */
export const { masterScale: MASTER_SCALE } = policyOf(POLICY_VERSION);

function invoicesOf(folder: string, firmId: string): AsyncIterable<Uint8Array> {
  const path = join(folder, 'invoices', `${firmId}.csv.gz`);
  if (!existsSync(path)) throw new Error(`there are no invoices of firm ${firmId} in ${folder}`);
  return createReadStream(path);
}

/** Last month in which a tenth of the firms has an invoice: the wrong date of one firm does not move the windows of all (F07). */
async function lastMonthOf(folder: string, firmIds: readonly string[]): Promise<string> {
  const firmsByMonth = new Map<string, number>();
  for (const firmId of firmIds) {
    const months = new Set<string>();
    for await (const rows of readInvoicesV1(invoicesOf(folder, firmId))) for (const row of rows) months.add(row.issuedOn.slice(0, 7));
    for (const month of months) firmsByMonth.set(month, (firmsByMonth.get(month) ?? 0) + 1);
  }
  const shared = [...firmsByMonth].filter(([, firms]) => firms * 10 >= firmIds.length).map(([month]) => month);
  return shared.sort().at(-1) ?? '';
}

async function readFirmV1(bytes: AsyncIterable<Uint8Array>, referenceMonth: string): Promise<Omit<TrainingFirm, 'firmId' | 'defaulted'>> {
  const accumulator = new InvoiceFeatureAccumulatorV1(referenceMonth);
  const reading = readInvoicesV1(bytes);
  for await (const rows of reading) for (const row of rows) accumulator.add(row);
  return { inputs: accumulator.finish().inputs, rowCount: reading.rowCount, badRowCount: reading.badRowCount };
}

async function readFirmV2(bytes: AsyncIterable<Uint8Array>, referenceMonth: string): Promise<Omit<TrainingFirm, 'firmId' | 'defaulted'>> {
  const parameters = policyOf(POLICY_VERSION).invoices;
  const { sameInvoiceMonths, mostPlausibleRowMinor } = parameters;
  // The data end with the reference month, so no day behind it has come.
  const rules = { asOf: `${referenceMonth}-31`, sameInvoiceMonths, mostPlausibleMinor: Number(mostPlausibleRowMinor) };
  const file = await readInvoices(bytes, rules);
  const { inputs } = computeInvoiceFeatures(file, referenceMonth, parameters);
  return { inputs, rowCount: file.report.lines, badRowCount: file.report.unreadable, report: file.report };
}

/** Reads all firms in the order of `firms.csv`; windows count back from the last month that the firms share. */
export async function readFirms(folder: string, featureSet: FeatureSet): Promise<{ referenceMonth: string; firms: TrainingFirm[] }> {
  const labels = parse(readFileSync(join(folder, 'firms.csv')), { columns: true, bom: true }) as LabelRow[];
  const referenceMonth = await lastMonthOf(
    folder,
    labels.map((row) => row.firm_id),
  );
  const readFirm = featureSet === 1 ? readFirmV1 : readFirmV2;
  const firms: TrainingFirm[] = [];
  for (const { firm_id: firmId, defaulted } of labels) {
    firms.push({ firmId, defaulted: defaulted === '' ? null : defaulted === '1', ...(await readFirm(invoicesOf(folder, firmId), referenceMonth)) });
  }
  return { referenceMonth, firms };
}
