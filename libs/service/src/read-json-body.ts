import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RawServerDefault } from 'fastify';
import { Problem } from './problem.js';

/** Largest body of a request in bytes; the largest that any route needs is a few kilobytes. */
export const BODY_LIMIT_BYTES = 1_048_576;
/** Objects and lists inside one another, at most. The deepest request has three; recursion over thousands ends a process (SEC-2). */
export const MAX_JSON_DEPTH = 20;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** True for a body with more levels than {@link MAX_JSON_DEPTH}; one pass over the bytes, before anything is built from them. */
function nestsTooDeep(body: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!;
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPENING.has(byte)) {
      if (++depth > MAX_JSON_DEPTH) return true;
    } else if (CLOSING.has(byte)) depth--;
  }
  return false;
}

/** The answer to a body that is no JSON we read. */
export function malformedJson(detail = 'Send one JSON object.'): Problem {
  return new Problem({ status: 400, code: 'MALFORMED_JSON', title: 'The body is not well-formed JSON.', detail });
}

/** Why a body is refused before it is parsed; undefined where it may be. */
function refusalOf(body: Buffer): Problem | undefined {
  // Decoding would put U+FFFD for each wrong byte, and two different names would become one.
  if (!isUtf8(body)) return malformedJson('JSON is UTF-8; the bytes of this body are not.');
  if (nestsTooDeep(body)) return malformedJson(`Objects and lists may lie ${MAX_JSON_DEPTH} deep in one another, and these lie deeper.`);
  return undefined;
}

/** Reads JSON bodies: UTF-8 only, of bounded depth, without `__proto__`; every refusal is 400 `MALFORMED_JSON`. */
export function readJsonBodies(app: NestFastifyApplication): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser<RawServerDefault>('application/json', { bodyLimit: BODY_LIMIT_BYTES }, (request, body, done) => {
    const refusal = refusalOf(body);
    if (refusal) return done(refusal, undefined);
    // Fastify's own errors would reach the filter without their code.
    void parse(request, body.toString('utf8'), (error, parsed) => done(error ? malformedJson() : null, parsed));
  });
}
