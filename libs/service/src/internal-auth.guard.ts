import { createHash, timingSafeEqual } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { decodePrincipal, PRINCIPAL_HEADER, type AuthenticatedRequest } from './principal.js';
import { Problem } from './problem.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in only the gateway, by the shared secret, and puts the principal it names on the request. */
export class InternalAuthGuard implements CanActivate {
  readonly #expected: Buffer;

  constructor(internalToken: string) {
    this.#expected = digest(`Bearer ${internalToken}`);
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (request.url.startsWith('/health/')) return true;
    const principal = decodePrincipal(request.headers[PRINCIPAL_HEADER]);
    const known = timingSafeEqual(digest(request.headers.authorization ?? ''), this.#expected);
    if (!known || !principal)
      throw new Problem({ status: 401, code: 'INTERNAL_ONLY', title: 'This port is for the gateway only.', detail: 'Use the public gateway.' });
    request.principal = principal;
    return true;
  }
}
