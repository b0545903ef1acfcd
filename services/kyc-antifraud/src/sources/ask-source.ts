import { businessDate, type Clock, contentHash } from '@millrace/contracts';
import { CLOCK, Database, ProviderClients, ProviderError, type ProviderClient } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { KycAntifraudConfig } from '../config.js';
import { consentFor } from './consent-policy.js';
import type { InvoiceOrderReply } from './invoices/invoices-source.js';
import { readBatch } from './invoices/read-batch.js';
import { queryIdOf, type AskedQueries } from './query-ids.js';
import type { Replies } from './replies.js';
import type { SourceReply } from './source-reply.js';
import type { Question, SourceSubject } from './source.js';
import { SOURCE_DEFINITIONS, SOURCES, type Source } from './sources.js';

const NOT_FOUND = 404;

/** One client a source, so that one party's outage opens no other's circuit. */
@Injectable()
export class AskSource {
  readonly #clients: Readonly<Record<Source, ProviderClient>>;

  constructor(
    @Inject(KycAntifraudConfig) { providersUrl, sourceTimeoutMs }: KycAntifraudConfig,
    @Inject(ProviderClients) clients: ProviderClients,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const client = (name: Source): ProviderClient => clients.create({ name, retries: 1, baseUrl: providersUrl, timeoutMs: sourceTimeoutMs });
    this.#clients = Object.fromEntries(SOURCES.map((source) => [source, client(source)])) as Record<Source, ProviderClient>;
  }

  /**
   * One query under its own id and its recorded consent; `replies` are what other sources have said. Throws a {@link ProviderError}, or an
   * Error where the consent is missing.
   */
  async ask(source: Source, subject: SourceSubject & AskedQueries, replies: Replies): Promise<SourceReply> {
    const consentId = consentFor(source, subject.consents);
    const queryId = await queryIdOf(source, subject, this.database);
    const reply = await this.#request(source, { subject, queryId, consentId, replies });
    const asOf = businessDate(this.clock.now());
    const body = source === 'invoices' ? await readBatch(reply as InvoiceOrderReply, { client: this.#clients.invoices, subject, asOf }) : reply;
    return { source, queryId, sha256: contentHash(reply), fetchedAt: this.clock.now(), consentId, body };
  }

  async #request(source: Source, question: Question): Promise<object> {
    const { call, notFound } = SOURCE_DEFINITIONS[source];
    const request = call(question);
    try {
      const reply = await this.#clients[source].request<unknown>(request.method === 'PUT' ? { ...request, idempotencyKey: question.queryId } : request);
      return this.#check(source, reply);
    } catch (error) {
      if (notFound && error instanceof ProviderError && error.status === NOT_FOUND) return notFound;
      throw error;
    }
  }

  #check(source: Source, reply: unknown): object {
    const definition = SOURCE_DEFINITIONS[source];
    const instance = plainToInstance(definition.reply, reply) as object;
    const errors = typeof instance === 'object' && instance !== null ? validateSync(instance) : [{ property: 'the reply' }];
    if (errors.length > 0) throw new ProviderError(source, 'invalid', `answered without a usable ${errors[0]!.property}`);
    const unusable = definition.unusable?.(instance, businessDate(this.clock.now()));
    if (unusable) throw new ProviderError(source, 'invalid', unusable);
    return instance;
  }
}
