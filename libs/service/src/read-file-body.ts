import type { Readable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/**
 * Lets bodies of these media types reach their route as a stream that nobody has read: what is refused before, for want of a token or a right, is never
 * kept. The route reads it with {@link readFileBody}; any other route refuses the type.
 */
export function passFileBodies(app: NestFastifyApplication, mediaTypes: readonly string[]): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser([...mediaTypes], (_request: FastifyRequest, payload: Readable, done: (error: null, body: Readable) => void) =>
    done(null, payload),
  );
}

/** The file of a request, whole. Throws `FILE_TOO_LARGE` as soon as more than `maxBytes` have come, and `FILE_EMPTY`. */
export async function readFileBody({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>, maxBytes: number): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const parts: Buffer[] = [];
  let bytes = 0;
  if (isStream(body))
    // Without this a refusal would cut the connection, and the client would see no answer.
    for await (const part of body.iterator({ destroyOnReturn: false })) {
      bytes += (part as Buffer).length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      parts.push(part as Buffer);
    }
  if (bytes === 0)
    throw new Problem({
      status: 422,
      code: 'FILE_EMPTY',
      title: 'The file is empty.',
      detail: 'Send the file itself as the body, under its media type as `content-type`.',
    });
  return Buffer.concat(parts);
}

const isStream = (body: unknown): body is Readable => typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

const tooLarge = (maxBytes: number): Problem =>
  new Problem({
    status: 413,
    code: 'FILE_TOO_LARGE',
    title: 'The file is too large.',
    detail: `Send at most ${maxBytes / 1_048_576} MiB; scan in black and white, or part it.`,
  });
