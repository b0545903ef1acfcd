import { defineCapability } from '@millrace/service';
import { APP_GUARD } from '@nestjs/core';
import { AuthenticateGuard } from './authenticate.guard.js';
import { ContentTypeGuard } from './content-type.guard.js';
import { MeterRequests } from './meter-requests.js';
import { RoleGuard } from './role.guard.js';

/** Who may do what, by one table, and what surrounds every answer. */
export const access = defineCapability({
  name: 'access',
  face: ['access-table', 'content-type.guard', 'meter-requests', 'path-id', 'render-access', 'security-headers', 'send-entity-tags', 'trusted-proxies'],
  providers: [
    MeterRequests,
    // In this order, after `MeterRequests`: who, may they, and in which form.
    { provide: APP_GUARD, useClass: AuthenticateGuard },
    { provide: APP_GUARD, useClass: RoleGuard },
    { provide: APP_GUARD, useClass: ContentTypeGuard },
  ],
});
