import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RawServerDefault } from 'fastify';
import { Problem } from './problem.js';

/** Largest body of a request in bytes; the largest that any route needs is a few kilobytes. */
export const BODY_LIMIT_BYTES = 1_048_576;
/** Objects and lists inside one another, at most. The deepest request has three; recursion over thousands ends a process (SEC-2). */
export const MAX_JSON_DEPTH = 20;

/**
 * Named values of one body in all, at every depth. Ten times what the largest request has; an object of tens of thousands of names takes the parser a
 * tenth of a second in which nobody else is served (SEC-1).
 */
export const MAX_JSON_FIELDS = 10_000;

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** What is too much of a body to build anything from it, found in one pass over its bytes: its depth, or the number of its fields. */
function excessOf(body: Buffer): 'depth' | 'fields' | undefined {
  let depth = 0;
  let fields = 0;
  let inText = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!;
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPENING.has(byte)) {
      if (++depth > MAX_JSON_DEPTH) return 'depth';
    } else if (CLOSING.has(byte)) depth--;
    else if (byte === COLON && ++fields > MAX_JSON_FIELDS) return 'fields';
  }
  return undefined;
}

/** The answer to a body that is no JSON we read. */
export function malformedJson(detail = 'Send one JSON object.'): Problem {
  return new Problem({ status: 400, code: 'MALFORMED_JSON', title: 'The body is not well-formed JSON.', detail });
}

/** The answer to a body of more fields than any request has; the code is that of a request with fields that do not belong there. */
function tooManyFields(): Problem {
  const message = `must not have more than ${MAX_JSON_FIELDS} fields in all`;
  const detail = 'Send the fields of the request alone, as the OpenAPI document names them.';
  return new Problem({ status: 400, code: 'VALIDATION_FAILED', title: 'Some fields are not right.', detail, errors: [{ field: 'body', message }] });
}

/** Why a body is refused before it is parsed; undefined where it may be. */
function refusalOf(body: Buffer): Problem | undefined {
  // Decoding would put U+FFFD for each wrong byte, and two different names would become one.
  if (!isUtf8(body)) return malformedJson('JSON is UTF-8; the bytes of this body are not.');
  const excess = excessOf(body);
  if (excess === 'depth') return malformedJson(`Objects and lists may lie ${MAX_JSON_DEPTH} deep in one another, and these lie deeper.`);
  return excess === 'fields' ? tooManyFields() : undefined;
}

/** Reads JSON bodies: UTF-8 only, of bounded depth and size, without `__proto__`; a refusal is 400 `MALFORMED_JSON`, or `VALIDATION_FAILED` for more fields than any request has. */
export function readJsonBodies(app: NestFastifyApplication): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser<RawServerDefault>('application/json', { bodyLimit: BODY_LIMIT_BYTES }, (request, body, done) => {
    const refusal = refusalOf(body);
    if (refusal) return done(refusal, undefined);
    // Fastify's own errors would reach the filter without their code.
    void parse(request, body.toString('utf8'), (error, parsed) => done(error ? malformedJson() : null, parsed));
  });
}
