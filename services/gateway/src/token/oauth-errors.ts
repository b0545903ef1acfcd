import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export const TOKEN_PATH = '/v1/oauth/token';

/** For refusals that RFC 6749 has no code for. */
const OTHER_ERROR: Readonly<Record<number, string>> = { 429: 'temporarily_unavailable', 500: 'server_error', 503: 'temporarily_unavailable' };

/**
 * Refusals of the token address go out as `application/json` with `error` (RFC 6749 §5.2), whoever refuses: client libraries read nothing else. The
 * members of a problem stay beside it.
 */
export function sendOAuthErrors(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode < 400 || request.url.split('?')[0] !== TOKEN_PATH || typeof payload !== 'string') return payload;
      const problem = JSON.parse(payload) as Record<string, unknown>;
      void reply.headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      const error = OTHER_ERROR[reply.statusCode] ?? 'invalid_request';
      return JSON.stringify({ error, error_description: problem['title'], ...problem });
    });
}
