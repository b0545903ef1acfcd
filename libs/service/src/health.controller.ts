import { Controller, Get, Inject } from '@nestjs/common';
import { Database } from './database.js';
import { Problem } from './problem.js';

/** Liveness and readiness, the same for every service. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The process answers. */
  @Get('live')
  live(): { status: string } {
    return { status: 'up' };
  }

  /** The process can work: its database answers. */
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    await this.database.query('select 1').catch(() => {
      throw new Problem({ status: 503, code: 'NOT_READY', title: 'The database does not answer.', headers: { 'retry-after': '5' } });
    });
    return { status: 'ready' };
  }
}
