import { ROUTES } from '@millrace/contracts/api';
import { defineCapability, type Capability } from '@millrace/service';
import { routeOf, serveRoute } from '../described/serve-route.js';

/** Described routes with an owner that no other capability answers: each is handed on to its owner as it is. */
export function handedOn(others: readonly Capability[]): Capability {
  const answered = new Set(others.flatMap(({ controllers = [] }) => controllers.map(routeOf)));
  const rest = ROUTES.filter((route) => route.owner && !answered.has(route));
  return defineCapability({ name: 'handed-on', controllers: rest.map((route) => serveRoute(route)) });
}
