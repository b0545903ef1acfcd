import { Problem, SHARED_STORE, type SharedStore } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../client/clients.js';
import { GatewayConfig } from '../config.js';
import { Tokens } from '../token/tokens.js';
import { addressOf } from '../admission/address-of.js';
import { FairSlots } from '../admission/fair-slots.js';
import { isOperations } from './is-operations.js';

const WINDOW_MS = 60_000;
/** Requests of all partners together that one gateway works on; the rest waits outside the connection pools of the services. */
const ALL_IN_FLIGHT = 200;

/** A caller that has waited so long hears that it has to come back; services behind wait no longer for each other either. */
const LONGEST_WAIT_MS = 10_000;
/** The application, loan or task that a write is about. */
const SUBJECT = /^\/v1\/[^/?]+\/[^/?]+/;

/** A request whose token, if it has a good one, has been read. */
export type MeteredRequest = FastifyRequest & { client?: Client };

/**
 * Stands before everything else, before a body is read: reads who asks, and counts it (R-OP-01). Whoever has no good token is counted by address,
 * whatever the path is and whatever becomes of the request (SEC-3). A partner has so many requests in flight; more wait for their turn, and of its writes
 * about one application, loan or task all but one: they would only wait for each other further in, at everybody's cost (SEC-4).
 */
@Injectable()
export class MeterRequests {
  readonly #slots: FairSlots;

  constructor(
    @Inject(SHARED_STORE) private readonly store: SharedStore,
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(GatewayConfig) private readonly config: GatewayConfig,
  ) {
    this.#slots = new FairSlots({
      total: ALL_IN_FLIGHT,
      perName: config.requestsInFlight,
      waitingPerName: config.requestsWaiting,
      longestWaitMs: LONGEST_WAIT_MS,
    });
  }

  async admit(request: MeteredRequest, reply: FastifyReply): Promise<void> {
    if (isOperations(request)) return;
    const client = await this.#clientOf(request);
    if (client) request.client = client;
    await this.#count(client ? `rate:client:${client.clientId}` : `rate:address:${addressOf(request)}`, client ? 'client' : 'address', reply);
    // Staff work one by one; a partner's clients share, as what they ask for is one organisation's.
    if (client)
      await this.#waitForSlot(client.partnerId === null ? `staff ${client.clientId}` : `partner ${client.tenantId} ${client.partnerId}`, request, reply);
  }

  async #clientOf({ headers: { authorization = '' } }: FastifyRequest): Promise<Client | undefined> {
    const [, token] = /^bearer ([^\s]+)$/i.exec(authorization) ?? [];
    return token === undefined ? undefined : this.tokens.read(token);
  }

  async #count(key: string, policy: 'client' | 'address', reply: FastifyReply): Promise<void> {
    const limit = this.config.requestsPerMinute;
    const { count, resetsInMs } = await this.store.hit(key, WINDOW_MS);
    const seconds = Math.ceil(resetsInMs / 1_000);
    const left = Math.max(0, limit - count);
    void reply.headers({
      'ratelimit-policy': `"${policy}";q=${limit};w=${WINDOW_MS / 1_000}`,
      ratelimit: `"${policy}";r=${left};t=${seconds}`,
      // The three of older drafts, for one more release.
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(left),
      'ratelimit-reset': String(seconds),
    });
    if (count <= limit) return;
    throw new Problem({
      status: 429,
      code: 'RATE_LIMITED',
      title: `More than ${limit} requests came in a minute.`,
      detail: `Nothing was done. Send the request again in ${seconds} seconds.`,
      headers: { 'retry-after': String(seconds) },
    });
  }

  async #waitForSlot(name: string, { method, url }: FastifyRequest, reply: FastifyReply): Promise<void> {
    const connection = reply.raw;
    // Under the caller's own name, so that nobody holds up a stranger's application.
    const subject = method === 'PUT' ? `${name} ${SUBJECT.exec(url)?.[0] ?? ''}` : undefined;
    let leave = (): void => undefined;
    // A client may go away before its turn as well as before its answer.
    connection.once('close', () => leave());
    const release = await this.#slots.acquire(name, { subject, onQueued: (leaveQueue) => (leave = leaveQueue) });
    if (release && !connection.closed) return void connection.once('close', release);
    if (release) return release();
    throw new Problem({
      status: 429,
      code: 'TOO_MANY_IN_FLIGHT',
      title: 'Too many requests of this organisation are under way at once.',
      detail: 'Nothing was done. Send fewer at a time, and this one again in a second.',
      headers: { 'retry-after': '1' },
    });
  }
}
