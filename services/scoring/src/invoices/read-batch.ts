import type { InvoiceBatchRef } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';
import { addDays, type IsoDate } from '@millrace/finance';
import { InvoiceBatchMismatchError, InvoiceFileError } from '@millrace/invoices';
import { ProviderClients, ProviderError, type OutsideParty, type ProviderClient } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { ScoringConfig } from '../config.js';
import type { KeptPolicy } from '@millrace/policy';
import type { FeatureSet } from '../scorecard/feature-set.js';
import { readBatchEvidence, readBatchEvidenceV1, type BatchEvidence } from './batch-evidence.js';

const RETRIES = 1;

/** What no further try can mend: the bytes were those that were verified and stay the same, and their verification only becomes older. */
const FINAL: ReadonlySet<BatchUnusableError['code']> = new Set(['BATCH_UNREADABLE', 'BATCH_BEYOND_SUMS', 'BATCH_TOO_OLD']);

/** The provider answered, and not with the batch that was verified: asking again gets the same. */
export class BatchUnusableError extends Error {
  constructor(
    readonly code: Extract<CodeFor<'failure'>, `BATCH_${string}`>,
    message: string,
  ) {
    super(message);
  }

  /** True where a further try cannot end otherwise. */
  get final(): boolean {
    return FINAL.has(this.code);
  }
}

/** Where the batch is fetched that kyc-antifraud ordered. */
export const INVOICE_PLATFORM: OutsideParty = { name: 'invoices', parts: ['invoices'] };

/** Fetches a firm's invoices as a stream and reads the figures out of it. */
@Injectable()
export class ReadBatch {
  readonly #client: ProviderClient;

  constructor(@Inject(ScoringConfig) config: ScoringConfig, @Inject(ProviderClients) clients: ProviderClients) {
    this.#client = clients.create({
      name: INVOICE_PLATFORM.name,
      baseUrl: config.providersUrl,
      timeoutMs: config.sourceTimeoutMs,
      retries: RETRIES,
    });
  }

  /**
   * Figures by the rules of the feature set and the invoice parameters of a policy release. Throws {@link BatchUnusableError}, also for a batch whose
   * verification is older on this business date than something may be decided by (M-AP-12), or {@link ProviderError} where the provider is away.
   */
  async read(batch: InvoiceBatchRef, featureSet: FeatureSet, { invoices: parameters, freshness }: KeptPolicy, today: IsoDate): Promise<BatchEvidence> {
    if (batch.asOf !== undefined && addDays(batch.asOf, freshness.invoicesDays) < today) {
      throw new BatchUnusableError('BATCH_TOO_OLD', `the batch was verified on ${batch.asOf}, more than ${freshness.invoicesDays} days ago`);
    }
    try {
      const stream = await this.#client.stream(`/v1/invoices/batches/${encodeURIComponent(batch.batchId)}`);
      const { asOf } = batch;
      return featureSet === 1 || asOf === undefined
        ? await readBatchEvidenceV1(stream, batch)
        : await readBatchEvidence(stream, { ...batch, asOf }, parameters);
    } catch (error) {
      throw asFailure(error);
    }
  }
}

function asFailure(error: unknown): unknown {
  if (error instanceof ProviderError) {
    if (error.retryable) return error;
    return new BatchUnusableError(error.status === 410 ? 'BATCH_GONE' : 'BATCH_REFUSED', error.message);
  }
  if (error instanceof InvoiceBatchMismatchError) return new BatchUnusableError('BATCH_MISMATCH', error.message);
  // The same bytes give the same sum, so another try would only waste the deadline (F06).
  if (error instanceof RangeError) return new BatchUnusableError('BATCH_BEYOND_SUMS', error.message);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof InvoiceFileError || code.startsWith('Z_')) return new BatchUnusableError('BATCH_UNREADABLE', (error as Error).message);
  // Any other system error is the connection's, which broke on the way.
  return code === '' ? error : new ProviderError('invoices', 'timeout', `the batch broke off (${code})`);
}
