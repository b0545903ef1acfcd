import { Injectable } from '@nestjs/common';
import type { RouteCall, RouteHandler } from '../described/serve-route.js';
import type { UpstreamAnswer } from '../upstream/upstream.js';
import { ReadQueue, type TaskFilter, type TaskPage } from './read-queue.js';

/** `GET /v1/tasks`. */
@Injectable()
export class ListTasks implements RouteHandler {
  constructor(private readonly queue: ReadQueue) {}

  async handle({ principal, query }: RouteCall<TaskFilter & TaskPage>): Promise<UpstreamAnswer<unknown>> {
    return { status: 200, body: await this.queue.list(principal, query) };
  }
}

/** `GET /v1/tasks/counts`. */
@Injectable()
export class CountTasks implements RouteHandler {
  constructor(private readonly queue: ReadQueue) {}

  async handle({ principal, query }: RouteCall<TaskFilter>): Promise<UpstreamAnswer<unknown>> {
    return { status: 200, body: await this.queue.count(principal, query) };
  }
}
