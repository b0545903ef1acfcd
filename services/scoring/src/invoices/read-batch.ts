import type { InvoiceBatchRef } from '@millrace/contracts';
import { InvoiceBatchMismatchError, InvoiceFileError } from '@millrace/invoices';
import { ProviderClients, ProviderError, type ProviderClient } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { ScoringConfig } from '../config.js';
import { readBatchEvidence, type BatchEvidence } from './batch-evidence.js';

const RETRIES = 1;
const BREAKER_FAILURES = 10;
const BREAKER_RESET_MS = 5_000;

/** The provider answered, and not with the batch that was verified: asking again gets the same. */
export class BatchUnusableError extends Error {
  constructor(
    readonly code: 'BATCH_GONE' | 'BATCH_REFUSED' | 'BATCH_MISMATCH' | 'BATCH_UNREADABLE',
    message: string,
  ) {
    super(message);
  }
}

/** Fetches a firm's invoices as a stream and reads the figures out of it. */
@Injectable()
export class ReadBatch {
  readonly #client: ProviderClient;

  constructor(@Inject(ScoringConfig) config: ScoringConfig, @Inject(ProviderClients) clients: ProviderClients) {
    this.#client = clients.create({
      name: 'invoices',
      baseUrl: config.providersUrl,
      timeoutMs: config.sourceTimeoutMs,
      retries: RETRIES,
      breakerFailures: BREAKER_FAILURES,
      breakerResetMs: BREAKER_RESET_MS,
    });
  }

  /** Throws {@link BatchUnusableError}, or {@link ProviderError} where the provider is away. */
  async read(batch: InvoiceBatchRef): Promise<BatchEvidence> {
    try {
      const stream = await this.#client.stream(`/v1/invoices/batches/${encodeURIComponent(batch.batchId)}`);
      return await readBatchEvidence(stream, batch);
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
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof InvoiceFileError || code.startsWith('Z_')) return new BatchUnusableError('BATCH_UNREADABLE', (error as Error).message);
  // Any other system error is the connection's, which broke on the way.
  return code === '' ? error : new ProviderError('invoices', 'timeout', `the batch broke off (${code})`);
}
