import { SetMetadata } from '@nestjs/common';
import type { StaffRole } from '../client/roles.js';

export const ALLOWED_TO = 'millrace:allowed-to';

/** Who may use a route: partners, all staff, or staff with one of some roles. */
export type Audience = 'partner' | 'staff' | StaffRole;

/** Says who may use a route or a controller's routes; a route that says nothing is closed to all. */
export function AllowedTo(...audience: readonly Audience[]): MethodDecorator & ClassDecorator {
  return SetMetadata(ALLOWED_TO, audience);
}

/** True where one of the audience is this kind of client. */
export function isAllowed(client: { readonly kind: string; readonly roles: readonly string[] }, audience: readonly Audience[]): boolean {
  if (client.kind === 'partner') return audience.includes('partner');
  return client.kind === 'staff' && (audience.includes('staff') || audience.some((role) => client.roles.includes(role)));
}
