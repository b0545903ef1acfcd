import { fillPath, idsOf, requestClassOf, type Description, type Route } from '@millrace/contracts/api';
import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Headers, Inject, Injectable, Param, Put, Query, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PathIds } from '../access/path-id.js';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';
import { csvOf, rowsOf, wantsCsv } from './csv-rows.js';
import { cutterOf } from './cut-answer.js';

/** A request of a described route, checked by its description. */
export interface RouteCall<Query = object, Body = object> {
  readonly route: Route;
  readonly principal: Principal;
  /** Ids of the path, in lower case. */
  readonly ids: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
}

/** What answers a route. What it answers is cut to the description afterwards. */
export interface RouteHandler {
  handle(call: RouteCall): Promise<UpstreamAnswer<unknown>>;
}

/** Hands a request on to the owner of its route, as most routes want it. */
@Injectable()
export class HandOn implements RouteHandler {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  handle({ route: { owner, method, query: described }, principal, ids, query, body }: RouteCall): Promise<UpstreamAnswer<unknown>> {
    const path = fillPath(owner!.path, ids);
    if (method === 'PUT') return this.upstream.put(owner!.service, path, principal, body);
    return this.upstream.send(owner!.service, { method: 'GET', path, ...(described ? { query } : {}) }, principal);
  }
}

const METHODS = { GET: Get, PUT: Put } as const;

/** Status of the answer: the owner's where the route describes it, as it tells new from known; the route's first otherwise. */
function statusOf({ answers }: Route, status: number): number {
  return status in answers ? status : Number(Object.keys(answers)[0]);
}

/** Route that a controller was made for by {@link serveRoute}; undefined for others. */
export function routeOf(controller: Type): Route | undefined {
  return (controller as Type & { readonly route?: Route }).route;
}

/** The rows of an answer as a file; the media type is not that of JSON, so that no caller takes the one for the other. */
function sendCsv({ name, csv }: Route, rows: Description, body: unknown, reply: FastifyReply): string {
  void reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}.csv"`, vary: 'accept' });
  return csvOf(rows, (body as Readonly<Record<string, never>>)[csv!]!);
}

/** Makes the controller of one route: path, checks, handler and what leaves all come from its description. */
export function serveRoute(route: Route, handler: Type<RouteHandler> = HandOn): Type {
  if (route.method === 'POST') throw new Error(`${route.name}: a route that is no GET and no PUT needs a controller of its own`);
  const cutters = new Map(Object.entries(route.answers).map(([status, { body }]) => [Number(status), cutterOf(body)]));
  const rows = rowsOf(route);
  class DescribedController {
    static readonly route = route;

    constructor(private readonly handler: RouteHandler) {}

    async answer(
      principal: Principal,
      ids: Readonly<Record<string, string>>,
      query: object,
      body: object,
      reply: FastifyReply,
      accept?: string,
    ): Promise<unknown> {
      const { format, ...asked } = query as { format?: unknown };
      const made = await this.handler.handle({ route, principal, ids, query: rows ? asked : query, body });
      const status = statusOf(route, made.status);
      cutters.get(status)!(made.body, principal);
      void reply.status(status);
      if (rows && wantsCsv(format, accept)) return sendCsv(route, rows, made.body, reply);
      if (route.location && status !== 200) void reply.header('location', fillPath(route.location, ids));
      return made.body;
    }
  }
  const prototype = DescribedController.prototype;
  Inject(handler)(DescribedController, undefined, 0);
  CurrentPrincipal()(prototype, 'answer', 0);
  Param(new PathIds(idsOf(route.path), route.method === 'PUT'))(prototype, 'answer', 1);
  Query()(prototype, 'answer', 2);
  Body()(prototype, 'answer', 3);
  Res({ passthrough: true })(prototype, 'answer', 4);
  Headers('accept')(prototype, 'answer', 5);
  // The pipe for requests checks each parameter by its class.
  const classes = [Object, Object, route.query ? requestClassOf(route.query) : Object, route.body ? requestClassOf(route.body.fields) : Object, Object, String];
  Reflect.defineMetadata('design:paramtypes', classes, prototype, 'answer');
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'answer')!;
  METHODS[route.method](route.path)(prototype, 'answer', descriptor);
  Controller()(DescribedController);
  return DescribedController;
}
