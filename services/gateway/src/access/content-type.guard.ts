import { Problem } from '@millrace/service';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCEPTS_FILE, ACCEPTS_FORM } from '../admission/public.js';

/** Media type of a request without its parameters; undefined where it names none. */
export const mediaTypeOf = (headers: FastifyRequest['headers']): string | undefined => headers['content-type']?.split(';')[0]?.trim().toLowerCase();

function refuseFile(mediaTypes: readonly string[]): never {
  throw new Problem({
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    title: 'The body is not a file of a type that is taken.',
    detail: `Send the file itself as the body, with one of these as \`content-type\`: ${mediaTypes.join(', ')}.`,
  });
}

/** Fastify also reads plain text and forms; a route that wants JSON must not take them for an empty or a text body. */
@Injectable()
export class ContentTypeGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const mediaType = mediaTypeOf(headers);
    const files = this.reflector.get<readonly string[] | undefined>(ACCEPTS_FILE, context.getHandler());
    if (files) return mediaType !== undefined && files.includes(mediaType) ? true : refuseFile(files);
    if (body === undefined || body === null || mediaType === undefined || mediaType === 'application/json') return true;
    if (mediaType === 'application/x-www-form-urlencoded' && this.reflector.get<boolean | undefined>(ACCEPTS_FORM, context.getHandler())) return true;
    throw new Problem({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', title: 'The body is not JSON.', detail: 'Send `content-type: application/json`.' });
  }
}
