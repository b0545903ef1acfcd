import { Controller, Get, Inject } from '@nestjs/common';
import { Problem } from './problem.js';
import { Readiness } from './readiness.js';

/** Liveness and readiness, the same for every service. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** The process answers. */
  @Get('live')
  live(): { status: string } {
    return { status: 'up' };
  }

  /** The process can work: database and log answer, consumer and relay run. */
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    const missing = await this.readiness.missing();
    if (missing.length === 0) return { status: 'ready' };
    const names = missing.map(({ what }) => what).join(', ');
    throw new Problem({
      status: 503,
      code: 'NOT_READY',
      title: `This service cannot work now: ${names}.`,
      detail: missing.map(({ what, why }) => `${what}: ${why}`).join('; '),
      headers: { 'retry-after': '5' },
    });
  }
}
