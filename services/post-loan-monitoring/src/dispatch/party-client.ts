import { LOGGER, ProviderClients, ProviderError, type ProviderClient, type ProviderRequest } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { PostLoanMonitoringConfig } from '../config.js';
import { TOLD_PARTIES, type Dispatch, type ToldParty } from './dispatch.js';
import { readFailure, readReply, type PartyAnswer } from './party-answer.js';

/** The parties that are told matters in writing. No call is repeated here: a silence is an unknown outcome, which is asked about (M-EV-02). */
@Injectable()
export class PartyClient {
  readonly #clients: ReadonlyMap<ToldParty, ProviderClient>;

  constructor(
    @Inject(PostLoanMonitoringConfig) { providersUrl, noticeTimeoutMs }: PostLoanMonitoringConfig,
    @Inject(ProviderClients) clients: ProviderClients,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const names = Object.keys(TOLD_PARTIES) as ToldParty[];
    const create = (name: ToldParty): ProviderClient => clients.create({ name, baseUrl: providersUrl, timeoutMs: noticeTimeoutMs, retries: 0 });
    this.#clients = new Map(names.map((name) => [name, create(name)]));
  }

  /** Tells the matter under its own id; the same content each time, as the party refuses the id with any other. */
  tell({ dispatchId, party, content }: Dispatch): Promise<PartyAnswer> {
    const path = `${TOLD_PARTIES[party].path}/${dispatchId}`;
    return this.#call('tell', dispatchId, party, { method: 'PUT', path, idempotencyKey: dispatchId, body: content });
  }

  /** Asks what became of it. */
  ask({ dispatchId, party }: Dispatch): Promise<PartyAnswer> {
    return this.#call('ask', dispatchId, party, { method: 'GET', path: `${TOLD_PARTIES[party].path}/${dispatchId}` });
  }

  async #call(call: 'tell' | 'ask', dispatchId: string, party: ToldParty, request: ProviderRequest): Promise<PartyAnswer> {
    try {
      return readReply(dispatchId, await this.#clients.get(party)!.request<unknown>(request));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // The message only: the body of a refusal may repeat what was sent.
      this.logger.warn({ dispatchId, call, failure: error.message }, `${party} gave no usable answer`);
      return readFailure(call, error);
    }
  }
}
