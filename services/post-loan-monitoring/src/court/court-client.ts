import { LOGGER, ProviderClients, ProviderError, type OutsideParty, type ProviderClient } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { PostLoanMonitoringConfig } from '../config.js';
import { readReply, type CourtAnswer } from './court-reply.js';

/** The court that tells what becomes of cases; apart from filings, so that news that fail keep no case from being filed. */
export const COURT_NEWS: OutsideParty = { name: 'court-news', parts: ['court-news'] };

/** Which case is asked about: by our id of its filing, or by the court's own name of it where it was filed by hand. */
export type CaseName = { readonly filingId: string } | { readonly caseNumber: string };

/** What a court tells of a case. No call is repeated here: a look that fails is followed by the next one. */
@Injectable()
export class CourtClient {
  readonly #client: ProviderClient;

  constructor(
    @Inject(PostLoanMonitoringConfig) { providersUrl, noticeTimeoutMs }: PostLoanMonitoringConfig,
    @Inject(ProviderClients) clients: ProviderClients,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#client = clients.create({ name: COURT_NEWS.name, baseUrl: providersUrl, timeoutMs: noticeTimeoutMs, retries: 0 });
  }

  async news(name: CaseName): Promise<CourtAnswer> {
    try {
      return readReply(await this.#client.request<unknown>({ method: 'GET', path: `/v1/court/news?${new URLSearchParams({ ...name }).toString()}` }));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // Its own 404 alone says that it knows no such case: a status could be a proxy's.
      if (error.status === 404 && (error.body as { code?: unknown } | null | undefined)?.code === 'NOT_FOUND') return { kind: 'case_unknown' };
      this.logger.warn({ failure: error.message }, 'the court gave no news');
      return { kind: 'unclear' };
    }
  }
}
