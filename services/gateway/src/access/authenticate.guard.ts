import { newId } from '@millrace/contracts';
import { Problem, requestTraceparent, type AuthenticatedRequest } from '@millrace/service';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Tokens } from '../token/tokens.js';
import { isOperations } from './is-operations.js';
import { PUBLIC } from './public.js';

function invalidToken(title: string, challenge: string): Problem {
  return new Problem({
    status: 401,
    code: 'INVALID_TOKEN',
    title,
    detail: 'Get a token from POST /v1/oauth/token and send it as `authorization: Bearer …`.',
    headers: { 'www-authenticate': challenge },
  });
}

/** Puts the principal of the token on the request; every route needs one that is not marked public. */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  constructor(
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (isOperations(request) || this.reflector.get<boolean | undefined>(PUBLIC, context.getHandler())) return true;
    const { authorization } = request.headers;
    if (!authorization) throw invalidToken('This request carries no access token.', 'Bearer realm="millrace"');
    const [, token] = /^bearer ([^\s]+)$/i.exec(authorization) ?? [];
    const client = token === undefined ? undefined : await this.tokens.read(token);
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
