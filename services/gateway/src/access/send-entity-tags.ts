import { hash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** 132 bits: nobody meets two answers of one tag. */
const TAG_LENGTH = 22;

/** Weak: it says that the JSON is the same, not that its bytes would be in every encoding. */
function tagOf(payload: string): string {
  return `W/"${hash('sha256', payload, 'base64url').slice(0, TAG_LENGTH)}"`;
}

/** True where `if-none-match` names the tag, strong or weak (RFC 9110: the weak comparison), or any tag. */
function names(ifNoneMatch: string, tag: string): boolean {
  const bare = (one: string): string => one.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((one) => one.trim() === '*' || bare(one) === bare(tag));
}

/** Gives every answer to a read a tag, and answers 304 to whoever has it already: a client that looks again and again gets the answer once. */
export function sendEntityTags(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply, payload) => {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string' || !request.headers.authorization) return payload;
      const tag = tagOf(payload);
      void reply.header('etag', tag);
      const { 'if-none-match': known } = request.headers;
      if (known === undefined || !names(known, tag)) return payload;
      void reply.status(304).removeHeader('content-type').removeHeader('content-length');
      return '';
    });
}
