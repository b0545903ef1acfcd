import { businessDate } from '@millrace/contracts';
import { InvoiceBatchMismatchError, InvoiceFileError, lastFullMonthBefore, readInvoices, type InvoiceFile } from '@millrace/invoices';
import { policyOf } from '@millrace/policy';
import { ProviderError, type ProviderClient } from '@millrace/service';
import type { SourceSubject } from '../source.js';
import type { InvoiceOrderReply, InvoicesBody } from './invoices-source.js';
import { TradeTruthCollector } from './trade-truth.js';

/** What a batch is read by. */
interface BatchReading {
  readonly client: ProviderClient;
  readonly subject: Pick<SourceSubject, 'requestedAt' | 'policyVersion'>;
  /** Business date of the reading. */
  readonly asOf: string;
}

/** Reads an ordered batch, verified against the ordered hash; what is kept is a few figures. Throws a {@link ProviderError}. */
export async function readBatch(order: InvoiceOrderReply, { client, subject, asOf }: BatchReading): Promise<InvoicesBody> {
  const { invoices: parameters } = policyOf(subject.policyVersion);
  const stream = await client.stream(`/v1/invoices/batches/${encodeURIComponent(order.batchId)}`);
  let file: InvoiceFile;
  try {
    file = await readInvoices(stream, {
      asOf,
      expectedSha256: order.sha256,
      sameInvoiceMonths: parameters.sameInvoiceMonths,
      mostPlausibleMinor: Number(parameters.mostPlausibleRowMinor),
    });
  } catch (error) {
    const unusable = error instanceof InvoiceBatchMismatchError || error instanceof InvoiceFileError;
    throw new ProviderError('invoices', unusable ? 'invalid' : 'timeout', `the batch could not be read (${(error as Error).message})`);
  }
  const collector = new TradeTruthCollector(parameters);
  collector.add(file.invoices);
  const referenceMonth = lastFullMonthBefore(businessDate(subject.requestedAt));
  const truth = collector.finish(referenceMonth);
  const { report } = file;
  return {
    order,
    badRows: report.unreadable,
    asOf,
    referenceMonth,
    report,
    truth: { ...truth, invoicedRevenue12mMinor: String(truth.invoicedRevenue12mMinor) },
  };
}
