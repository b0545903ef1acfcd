import { newId } from '@millrace/contracts';
import { Problem, requestTraceparent, type AuthenticatedRequest } from '@millrace/service';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isOperations } from './is-operations.js';
import type { MeteredRequest } from './meter-requests.js';
import { PUBLIC } from '../admission/public.js';

function invalidToken(title: string, challenge: string): Problem {
  return new Problem({
    status: 401,
    code: 'INVALID_TOKEN',
    title,
    detail: 'Get a token from POST /v1/oauth/token and send it as `authorization: Bearer …`.',
    headers: { 'www-authenticate': challenge },
  });
}

/** Makes the client of a good token the principal of the request; every route needs one that is not marked public. */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest & MeteredRequest>();
    if (isOperations(request) || this.reflector.get<boolean | undefined>(PUBLIC, context.getHandler())) return true;
    const { client, headers } = request;
    if (!client && !headers.authorization) throw invalidToken('This request carries no access token.', 'Bearer realm="millrace"');
    if (!client) throw invalidToken('The access token is not valid, or no longer.', 'Bearer realm="millrace", error="invalid_token"');
    const { clientId, kind, tenantId, partnerId, roles } = client;
    request.principal = {
      kind,
      id: clientId,
      tenantId,
      ...(partnerId === null ? {} : { partnerId }),
      roles,
      requestId: newId(),
      traceparent: requestTraceparent(),
    };
    return true;
  }
}
