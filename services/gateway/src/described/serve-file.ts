import { fillPath, idsOf, requestClassOf, type Route } from '@millrace/contracts/api';
import { CurrentPrincipal, readFileBody, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, Put, Query, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mediaTypeOf } from '../access/content-type.guard.js';
import { PathIds } from '../access/path-id.js';
import { AcceptsFile } from '../admission/public.js';
import type { UpstreamAnswer, UpstreamFile } from '../upstream/upstream.js';
import { cutterOf } from './cut-answer.js';

/** A request of a described route whose body is a file. */
export interface FileCall {
  readonly principal: Principal;
  readonly ids: Readonly<Record<string, string>>;
  readonly query: object;
  readonly file: Buffer;
  /** As the request says. */
  readonly mediaType: string;
}

/** What answers a route that takes a file. */
export interface FileHandler {
  /** Throws where the caller may not upload there; asked before a byte of the file is read. */
  admit(principal: Principal, ids: Readonly<Record<string, string>>): Promise<void>;

  handle(call: FileCall): Promise<UpstreamAnswer<unknown>>;
}

/** What answers a route that sends a file. */
export interface FileSource {
  read(principal: Principal, ids: Readonly<Record<string, string>>): Promise<UpstreamFile>;
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'text/csv': 'csv' };

/** Makes the controller of a route that takes a file; it is read only after token, right and media type were found good. */
export function serveUpload(route: Route, handler: Type<FileHandler>): Type {
  const { file, answers } = route;
  const cutters = new Map(Object.entries(answers).map(([status, { body }]) => [Number(status), cutterOf(body)]));
  class UploadController {
    static readonly route = route;

    constructor(private readonly handler: FileHandler) {}

    async answer(principal: Principal, ids: Readonly<Record<string, string>>, query: object, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      await this.handler.admit(principal, ids);
      const bytes = await readFileBody(request, file!.maxBytes);
      const { status, body } = await this.handler.handle({ principal, ids, query, file: bytes, mediaType: mediaTypeOf(request.headers)! });
      cutters.get(status)!(body, principal);
      void reply.status(status);
      if (route.location && status !== 200) void reply.header('location', fillPath(route.location, ids));
      return body;
    }
  }
  const prototype = UploadController.prototype;
  Inject(handler)(UploadController, undefined, 0);
  CurrentPrincipal()(prototype, 'answer', 0);
  Param(new PathIds(idsOf(route.path), true))(prototype, 'answer', 1);
  Query()(prototype, 'answer', 2);
  Req()(prototype, 'answer', 3);
  Res({ passthrough: true })(prototype, 'answer', 4);
  Reflect.defineMetadata('design:paramtypes', [Object, Object, route.query ? requestClassOf(route.query) : Object, Object, Object], prototype, 'answer');
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'answer')!;
  AcceptsFile(file!.mediaTypes)(prototype, 'answer', descriptor);
  Put(route.path)(prototype, 'answer', descriptor);
  Controller()(UploadController);
  return UploadController;
}

/** Makes the controller of a route that sends a file: for saving, as a browser that showed it would run what is in it. */
export function serveDownload(route: Route, source: Type<FileSource>): Type {
  class DownloadController {
    static readonly route = route;

    constructor(private readonly source: FileSource) {}

    async answer(principal: Principal, ids: Readonly<Record<string, string>>, reply: FastifyReply): Promise<Buffer> {
      const { mediaType, bytes } = await this.source.read(principal, ids);
      const name = `${ids[idsOf(route.path).at(-1)!]!}.${EXTENSIONS[mediaType] ?? 'xlsx'}`;
      void reply.headers({ 'content-type': mediaType, 'content-disposition': `attachment; filename="${name}"` });
      return bytes;
    }
  }
  const prototype = DownloadController.prototype;
  Inject(source)(DownloadController, undefined, 0);
  CurrentPrincipal()(prototype, 'answer', 0);
  Param(new PathIds(idsOf(route.path), false))(prototype, 'answer', 1);
  Res({ passthrough: true })(prototype, 'answer', 2);
  Reflect.defineMetadata('design:paramtypes', [Object, Object, Object], prototype, 'answer');
  Get(route.path)(prototype, 'answer', Object.getOwnPropertyDescriptor(prototype, 'answer')!);
  Controller()(DownloadController);
  return DownloadController;
}
