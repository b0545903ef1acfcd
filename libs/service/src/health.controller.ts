import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness.js';
import { readinessAnswer } from './readiness-answer.js';

/** Liveness and readiness on the service's own port, for load balancers that look at the port that they send requests to. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** The process answers; no server is asked, as a restart would bring none of them back. */
  @Get('live')
  live(): { status: string } {
    return { status: 'up' };
  }

  /** Requests can be answered, and what is in trouble behind that. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readonly<Record<string, unknown>>> {
    const { status, headers, body } = readinessAnswer(await this.readiness.condition());
    void reply.status(status).headers(headers);
    return body;
  }
}
