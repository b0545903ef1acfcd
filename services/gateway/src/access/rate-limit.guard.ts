import { Problem, SHARED_STORE, type AuthenticatedRequest, type SharedStore } from '@millrace/service';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GatewayConfig } from '../config.js';
import { isOperations } from './is-operations.js';

const WINDOW_MS = 60_000;

/** Counts the requests of a client, or of an address where there is no client yet (R-OP-01); says in every answer how many are left. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    @Inject(SHARED_STORE) private readonly store: SharedStore,
    @Inject(GatewayConfig) private readonly config: GatewayConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    if (isOperations(request)) return true;
    const limit = this.config.requestsPerMinute;
    const key = request.principal ? `rate:client:${request.principal.id}` : `rate:address:${request.ip}`;
    const { count, resetsInMs } = await this.store.hit(key, WINDOW_MS);
    const seconds = Math.ceil(resetsInMs / 1_000);
    void http.getResponse<FastifyReply>().headers({
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(Math.max(0, limit - count)),
      'ratelimit-reset': String(seconds),
      'ratelimit-policy': `${limit};w=${WINDOW_MS / 1_000}`,
    });
    if (count <= limit) return true;
    throw new Problem({
      status: 429,
      code: 'RATE_LIMITED',
      title: `More than ${limit} requests came in a minute.`,
      detail: `Nothing was done. Send the request again in ${seconds} seconds.`,
      headers: { 'retry-after': String(seconds) },
    });
  }
}
