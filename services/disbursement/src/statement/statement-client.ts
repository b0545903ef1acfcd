import { LOGGER, ProviderClients, ProviderError, type OutsideParty, type ProviderClient } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DisbursementConfig } from '../config.js';
import { MAX_PAGE_LINES, readPage, type StatementPage } from './statement-page.js';

/** The bank's statement; apart from its payouts, so that a statement that fails keeps no payout from being sent. */
export const BANK_STATEMENT: OutsideParty = { name: 'bank-statement', parts: ['statement'] };

/** What is asked for: a day's lines after a cursor, or from the first one. */
export interface StatementQuestion {
  readonly account: string;
  readonly day: string;
  readonly cursor: string | null;
}

/** A page, or the code of why there is none. */
export type StatementAnswer = { readonly page: StatementPage } | { readonly failure: string };

@Injectable()
export class StatementClient {
  readonly #client: ProviderClient;

  constructor(
    @Inject(DisbursementConfig) config: DisbursementConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ProviderClients) clients: ProviderClients,
  ) {
    this.#client = clients.create({ name: BANK_STATEMENT.name, baseUrl: config.providersUrl, timeoutMs: config.bankTimeoutMs, retries: 0 });
  }

  /** Asks for one page; what the bank cannot have meant is a failure, and no part of it is used. */
  async page(question: StatementQuestion): Promise<StatementAnswer> {
    const { account, day, cursor } = question;
    const query = new URLSearchParams({ day, limit: String(MAX_PAGE_LINES), ...(cursor === null ? {} : { cursor }) });
    try {
      const page = readPage(question, await this.#client.request<unknown>({ method: 'GET', path: `/v1/bank/statements/${account}?${query.toString()}` }));
      if (page) return { page };
      // Nothing of the answer is logged: it has names and accounts.
      this.logger.error({ account, day, cursor }, 'a page of the statement breaks the contract: a person has to look');
      return { failure: 'INVALID_REPLY' };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.logger.warn({ account, day, failure: error.message }, 'the bank gave no statement');
      if (error.kind === 'invalid') return { failure: 'INVALID_REPLY' };
      return { failure: error.status === undefined ? error.kind.toUpperCase() : `HTTP_${error.status}` };
    }
  }
}
