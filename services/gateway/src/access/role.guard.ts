import { Problem, type AuthenticatedRequest } from '@millrace/service';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { accessTo, audienceOf, isAllowed } from './access-table.js';

/** Refuses whoever a route is not for, by the one table (R-OP-06); the services ask again, and decide what is shown inside an answer. */
@Injectable()
export class RoleGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { principal, method, routeOptions } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    // Without a principal only what the guard before has let in as public comes here.
    if (!principal) return true;
    const access = accessTo(method, routeOptions.url ?? '');
    if (isAllowed(principal, access)) return true;
    throw new Problem({ status: 403, code: 'FORBIDDEN', title: 'Your role does not allow this.', detail: `It is open to: ${audienceOf(access)}.` });
  }
}
