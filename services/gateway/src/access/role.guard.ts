import { Problem, type AuthenticatedRequest } from '@millrace/service';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ALLOWED_TO, isAllowed, type Audience } from './allowed-to.js';

/** Refuses whoever a route is not for (R-OP-06); what a partner sees inside a route is the services' business. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    // Without a principal only what the guard before has let in as public comes here.
    if (!principal) return true;
    const audience = this.reflector.getAllAndOverride<readonly Audience[] | undefined>(ALLOWED_TO, [context.getHandler(), context.getClass()]) ?? [];
    if (isAllowed(principal, audience)) return true;
    throw new Problem({
      status: 403,
      code: 'FORBIDDEN',
      title: 'Your role does not allow this.',
      detail: `It is open to: ${audience.join(', ') || 'nobody'}.`,
    });
  }
}
