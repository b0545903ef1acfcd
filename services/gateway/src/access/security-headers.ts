import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const YEAR_SECONDS = 365 * 24 * 3_600;
/** The page that shows the API: its scripts are files of ours, its styles and one picture are inside it. */
const DOCS_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Browsers heed it over TLS alone, which the proxy in front speaks.
  'strict-transport-security': `max-age=${YEAR_SECONDS}`,
};

/** What is the same for everybody, and may be kept. */
export const isOpen = (path: string): boolean =>
  path.startsWith('/v1/docs') ||
  path.startsWith('/v1/event-schemas/') ||
  path === '/v1/openapi.json' ||
  path === '/v1/.well-known/jwks.json' ||
  path === '/.well-known/oauth-authorization-server';

/** Headers that tell browsers and caches what they must not do with an answer (SEC-18): contracts and people are kept in no cache. */
export function sendSecurityHeaders(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply, payload) => {
      const [path = '/'] = request.url.split('?');
      void reply.headers({ ...EVERYWHERE, 'content-security-policy': path.startsWith('/v1/docs') ? DOCS_POLICY : DATA_POLICY });
      if (!isOpen(path) || reply.statusCode >= 400) void reply.header('cache-control', 'no-store');
      return payload;
    });
}
