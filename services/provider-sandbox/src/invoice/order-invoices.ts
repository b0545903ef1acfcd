import { businessDate, type Clock } from '@millrace/contracts';
import { CLOCK, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSets } from '../data-set/data-sets.js';
import { monthsUpTo } from '../profile/plan-months.js';
import { lastFullMonth } from '../profile/draw-profile.js';
import { FindFirm } from '../firm/find-firm.js';
import { MadeFirms, type MadeFirm } from '../firm/made-firms.js';
import { generateInvoices, INVOICE_HEADER } from './generate-invoices.js';
import { InvoiceBatches, type KeptBatch } from './invoice-batches.js';

/** A batch with what it is about. */
export interface OrderedBatch extends KeptBatch {
  readonly invoiceCount: number;
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
  readonly referenceMonth: string;
  /** Months of which the platform knows that it has not all; left out where it has all. */
  readonly missingMonths?: readonly string[];
}

/** The month before the last twelve: what is sold in a year is whole without it. */
const MONTHS_BACK = 13;

/** Month that the platform does not have yet of a firm that was made so. */
function lateMonthOf({ record, madeAt }: MadeFirm, now: Date): string | undefined {
  const { lateInvoiceMonthSeconds = 0, referenceMonth } = record;
  return now.getTime() < madeAt.getTime() + lateInvoiceMonthSeconds * 1_000 ? monthsUpTo(referenceMonth, MONTHS_BACK)[0] : undefined;
}

/** Puts the invoices of a firm together, or finds its file. */
@Injectable()
export class OrderInvoices {
  constructor(
    private readonly made: MadeFirms,
    private readonly findFirm: FindFirm,
    private readonly dataSets: DataSets,
    private readonly batches: InvoiceBatches,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws 404 for a firm that nobody knows. */
  async order(uscc: string): Promise<OrderedBatch> {
    const made = await this.made.byUscc(uscc);
    return made ? this.#ofMadeFirm(made) : this.#ofDataFirm(uscc);
  }

  async #ofMadeFirm(firm: MadeFirm): Promise<OrderedBatch> {
    const { record, seed } = firm;
    const { referenceMonth } = record;
    const { csv, ...about } = generateInvoices(record, seed);
    const missing = lateMonthOf(firm, this.clock.now());
    if (missing === undefined) return { ...(await this.batches.keepContent(csv)), ...about, referenceMonth };
    const lines = csv.split('\n').filter((line) => line.split(',')[2]?.slice(0, 7) !== missing);
    const invoiceCount = lines.length - (csv.split('\n').length - about.invoiceCount);
    return { ...(await this.batches.keepContent(lines.join('\n'))), ...about, invoiceCount, referenceMonth, missingMonths: [missing] };
  }

  async #ofDataFirm(uscc: string): Promise<OrderedBatch> {
    const { firmId, dataSet } = await this.findFirm.knownByUscc(uscc);
    const set = await this.dataSets.named(dataSet!);
    const file = await set!.fileOf(firmId);
    // A bureau has invoices up to today, whatever the last invoice of a firm or of a folder is.
    const referenceMonth = lastFullMonth(businessDate(this.clock.now()));
    if (!file) return { ...(await this.batches.keepContent(`${INVOICE_HEADER}\n`)), invoiceCount: 0, firstMonth: null, lastMonth: null, referenceMonth };
    if (file.problem)
      throw new Problem({ status: 422, code: 'BATCH_UNREADABLE', title: 'The firm’s invoice file cannot be read.', detail: `${file.problem}.` });
    const months = Object.keys(file.months).sort();
    const about = { invoiceCount: file.invoiceCount, firstMonth: months.at(0) ?? null, lastMonth: months.at(-1) ?? null };
    return { ...(await this.batches.keepFile(file)), ...about, referenceMonth };
  }
}
