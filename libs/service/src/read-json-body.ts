import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest, RawServerDefault, RequestPayload } from 'fastify';
import { BodyScan, ScannedBody, type BodyBounds, type BodyExcess } from './body-scan.js';
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

/** Commas of one body in all. An object of so many fields has one less, and a list that is longer is refused unseen (SEC-1). */
const MAX_JSON_ITEMS = 10_000;
/** Bytes of one text or number: more than the longest text that a field is asked about, with each of its characters escaped. */
const MAX_JSON_LENGTH = 32_768;
const BOUNDS: BodyBounds = { depth: MAX_JSON_DEPTH, fields: MAX_JSON_FIELDS, items: MAX_JSON_ITEMS, length: MAX_JSON_LENGTH };

/** A body of up to this size is looked at as a whole: it costs little, and one part on the wire has four times as much. */
const WHOLE_BYTES = 16_384;

/** The answer to a body that is no JSON we read. */
export function malformedJson(detail = 'Send one JSON object.'): Problem {
  return new Problem({ status: 400, code: 'MALFORMED_JSON', title: 'The body is not well-formed JSON.', detail });
}

const TOO_MUCH: Readonly<Record<Exclude<BodyExcess, 'depth'>, string>> = {
  fields: `must not have more than ${MAX_JSON_FIELDS} fields in all`,
  items: `must not have more than ${MAX_JSON_ITEMS} items in all its lists`,
  length: `must not have a text or number of more than ${MAX_JSON_LENGTH} bytes`,
};

/** The answer to a body of more than any request has; the code is that of a request with fields that do not belong there. */
function refusalOf(excess: BodyExcess): Problem {
  if (excess === 'depth') return malformedJson(`Objects and lists may lie ${MAX_JSON_DEPTH} deep in one another, and these lie deeper.`);
  const detail = 'Send the fields of the request alone, as the OpenAPI document names them.';
  return new Problem({
    status: 400,
    code: 'VALIDATION_FAILED',
    title: 'Some fields are not right.',
    detail,
    errors: [{ field: 'body', message: TOO_MUCH[excess] }],
  });
}

/** Why a whole body is refused before it is parsed; undefined where it may be. */
function refusalOfWhole(body: Buffer): Problem | undefined {
  // Decoding would put U+FFFD for each wrong byte, and two different names would become one.
  if (!isUtf8(body)) return malformedJson('JSON is UTF-8; the bytes of this body are not.');
  // A larger one has been looked at on its way.
  const excess = body.length > WHOLE_BYTES ? undefined : new BodyScan(BOUNDS).next(body);
  return excess && refusalOf(excess);
}

/** A large body, or one of an unknown size, is looked at while it comes: what is refused is not kept until its end, as clearing megabytes away stops everybody (SEC-1). */
function scanned(payload: RequestPayload, { headers }: FastifyRequest): RequestPayload {
  // A file is no JSON, and its route reads it by itself.
  if (!(headers['content-type'] ?? '').toLowerCase().startsWith('application/json')) return payload;
  const size = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : BODY_LIMIT_BYTES;
  if (size <= WHOLE_BYTES || size > BODY_LIMIT_BYTES) return payload;
  const body = new ScannedBody(new BodyScan(BOUNDS), refusalOf, BODY_LIMIT_BYTES);
  payload.once('error', (error) => body.destroy(error));
  return payload.pipe(body);
}

/** Reads JSON bodies: UTF-8 only, of bounded depth and size, without `__proto__`; a refusal is 400 `MALFORMED_JSON`, or `VALIDATION_FAILED` for more than any request has. */
export function readJsonBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addHook('preParsing', (request, _reply, payload, done) => done(null, scanned(payload, request)));
  app.useBodyParser<RawServerDefault>('application/json', { bodyLimit: BODY_LIMIT_BYTES }, (request, body, done) => {
    const refusal = refusalOfWhole(body);
    if (refusal) return done(refusal, undefined);
    // Fastify's own errors would reach the filter without their code.
    void parse(request, body.toString('utf8'), (error, parsed) => done(error ? malformedJson() : null, parsed));
  });
}
