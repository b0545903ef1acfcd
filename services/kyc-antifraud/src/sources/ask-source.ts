import { businessDate, type Clock } from '@millrace/contracts';
import { InvoiceBatchMismatchError, InvoiceFileError, lastFullMonthBefore, readInvoices, type InvoiceFile } from '@millrace/invoices';
import { policyOf } from '@millrace/policy';
import { CLOCK, contentHash, ProviderClients, ProviderError, type ProviderClient } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { KycAntifraudConfig } from '../config.js';
import { consentFor, SOURCES, type Source } from '../verification/consent-policy.js';
import type { StoredVerification } from '../verification/stored-verification.js';
import { TradeTruthCollector } from '../verification/trade-truth.js';
import type { InvoiceOrderReply, InvoicesBody, RegistryReply, Replies } from './replies.js';
import { ENDPOINTS, type Question } from './endpoints.js';
import type { SourceReply } from './source-reply.js';

const RETRIES = 1;
const BREAKER_FAILURES = 10;
const BREAKER_RESET_MS = 5_000;
const NOT_FOUND = 404;

/** Which date of a register's entry has not come yet: what is registered has happened, so such an entry is a fault of the register and no fact (F16). */
function dayToCome(reply: RegistryReply, today: string): 'establishedOn' | 'legalRepresentativeSince' | undefined {
  return (['establishedOn', 'legalRepresentativeSince'] as const).find((name) => reply[name] > today);
}

/** One client an outside party, so that one party's outage opens no other's circuit. */
@Injectable()
export class AskSource {
  readonly #clients: Readonly<Record<Source, ProviderClient>>;

  constructor(
    @Inject(KycAntifraudConfig) config: KycAntifraudConfig,
    @Inject(ProviderClients) clients: ProviderClients,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const client = (source: Source): ProviderClient =>
      clients.create({
        name: source,
        baseUrl: config.providersUrl,
        timeoutMs: config.sourceTimeoutMs,
        retries: RETRIES,
        breakerFailures: BREAKER_FAILURES,
        breakerResetMs: BREAKER_RESET_MS,
      });
    this.#clients = Object.fromEntries(SOURCES.map((source) => [source, client(source)])) as Record<Source, ProviderClient>;
  }

  /**
   * One query under its own id and its recorded consent; `replies` are what other sources have said. Throws a {@link ProviderError}, or an
   * Error where the consent is missing.
   */
  async ask(source: Source, verification: StoredVerification, replies: Replies): Promise<SourceReply> {
    const consentId = consentFor(source, verification.consents);
    const queryId = verification.queryIds[source];
    const reply = await this.#request(source, { verification, queryId, consentId, replies });
    const body = source === 'invoices' ? await this.#readBatch(reply as InvoiceOrderReply, verification) : reply;
    return { source, queryId, sha256: contentHash(reply), fetchedAt: this.clock.now(), consentId, body };
  }

  async #request(source: Source, question: Question): Promise<object> {
    const { call, notFound } = ENDPOINTS[source];
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
    const instance = plainToInstance(ENDPOINTS[source].reply, reply) as object;
    const errors = typeof instance === 'object' && instance !== null ? validateSync(instance) : [{ property: 'the reply' }];
    if (errors.length > 0) throw new ProviderError(source, 'invalid', `answered without a usable ${errors[0]!.property}`);
    const early = source === 'registry' ? dayToCome(instance as RegistryReply, businessDate(this.clock.now())) : undefined;
    if (early) throw new ProviderError(source, 'invalid', `answered with a day of the future as ${early}`);
    return instance;
  }

  /** Reads the batch, verified against the ordered hash; what is kept is a few figures. */
  async #readBatch(order: InvoiceOrderReply, { requestedAt, policyVersion }: StoredVerification): Promise<InvoicesBody> {
    const asOf = businessDate(this.clock.now());
    // Nobody has invoices of a month that has not begun, so such an order is about something else (F07).
    if (order.referenceMonth > asOf.slice(0, 7)) throw new ProviderError('invoices', 'invalid', 'answered with a reference month of the future');
    const { invoices: parameters } = policyOf(policyVersion);
    const { sha256, batchId } = order;
    const stream = await this.#clients.invoices.stream(`/v1/invoices/batches/${encodeURIComponent(batchId)}`);
    let file: InvoiceFile;
    try {
      file = await readInvoices(stream, {
        asOf,
        expectedSha256: sha256,
        sameInvoiceMonths: parameters.sameInvoiceMonths,
        mostPlausibleMinor: Number(parameters.mostPlausibleRowMinor),
      });
    } catch (error) {
      const unusable = error instanceof InvoiceBatchMismatchError || error instanceof InvoiceFileError;
      throw new ProviderError('invoices', unusable ? 'invalid' : 'timeout', `the batch could not be read (${(error as Error).message})`);
    }
    const collector = new TradeTruthCollector(parameters);
    collector.add(file.invoices);
    const referenceMonth = lastFullMonthBefore(businessDate(requestedAt));
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
}
