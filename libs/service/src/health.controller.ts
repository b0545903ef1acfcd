import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { problemBody } from './problem.js';
import { Readiness, type Trouble } from './readiness.js';

const PATH = '/health/ready';
const RETRY_AFTER_S = 5;

/** Liveness and readiness, the same for every service. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** The process answers; no server is asked, as a restart would bring none of them back. */
  @Get('live')
  live(): { status: string } {
    return { status: 'up' };
  }

  /** Requests can be answered, and what is in trouble behind that; a refusal is an answer like any other, and no fault for the log. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Record<string, unknown>> {
    const { status, trouble } = await this.readiness.condition();
    if (status !== 'unready') return { status, ...(trouble.length > 0 ? { trouble } : {}) };
    void reply.status(503).header('retry-after', String(RETRY_AFTER_S)).type('application/problem+json');
    return problemBody(notReady(trouble), PATH);
  }
}

function notReady(trouble: readonly Trouble[]): { status: number; code: string; title: string; detail: string } {
  return {
    status: 503,
    code: 'NOT_READY',
    title: `This service cannot work now: ${trouble.map(({ what }) => what).join(', ')}.`,
    detail: trouble.map(({ what, why }) => `${what}: ${why}`).join('; '),
  };
}
