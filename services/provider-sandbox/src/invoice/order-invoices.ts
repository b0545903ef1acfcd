import { businessDate, type Clock } from '@millrace/contracts';
import { CLOCK, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSets } from '../data-set/data-sets.js';
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

  async #ofMadeFirm({ record, seed }: MadeFirm): Promise<OrderedBatch> {
    const { csv, ...about } = generateInvoices(record, seed);
    return { ...(await this.batches.keepContent(csv)), ...about, referenceMonth: record.referenceMonth };
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
