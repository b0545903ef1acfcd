import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { TransactionContext } from '@millrace/messaging';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** Who makes a request, as the gateway has authenticated it. */
export interface Principal {
  readonly kind: 'partner' | 'staff' | 'system';
  /** Client id, staff id or service name; the scope of client-made ids is tenant + principal + resource. */
  readonly id: string;
  readonly tenantId: string;
  /** Organisation whose applications a partner sees; absent for staff. */
  readonly partnerId?: string;
  readonly roles: readonly string[];
  /** Id of this request; the causation id of what it changes. */
  readonly requestId: string;
  readonly traceparent?: string;
}

/** Header in which the gateway hands the principal on, base64url of JSON. */
export const PRINCIPAL_HEADER = 'x-millrace-principal';

/** Fastify request that a guard has put the principal on. */
export type AuthenticatedRequest = FastifyRequest & { principal?: Principal };

export function encodePrincipal(principal: Principal): string {
  return Buffer.from(JSON.stringify(principal)).toString('base64url');
}

/** Reads the header back; undefined where it is absent or no principal. */
export function decodePrincipal(header: string | string[] | undefined): Principal | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    const parsed = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Principal;
    return typeof parsed.id === 'string' && typeof parsed.tenantId === 'string' && Array.isArray(parsed.roles) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The authenticated principal of the request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal)
    throw new Problem({
      status: 401,
      code: 'INVALID_TOKEN',
      title: 'This request carries no valid credentials.',
      detail: 'Get a token and send it as `authorization: Bearer …`.',
    });
  return principal;
});

/** What a transaction made for this principal inherits. */
export function contextOf(principal: Principal): TransactionContext {
  return { actor: { kind: principal.kind, id: principal.id }, causationId: principal.requestId, traceparent: principal.traceparent };
}

/** Refuses whoever lacks the role (R-OP-06). */
export function requireRole(principal: Principal, ...roles: readonly string[]): void {
  if (roles.some((role) => principal.roles.includes(role))) return;
  throw new Problem({ status: 403, code: 'FORBIDDEN', title: 'Your role does not allow this.', detail: `It needs one of: ${roles.join(', ')}.` });
}
