import type { Clock } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import { CLOCK, Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { PostLoanMonitoringConfig } from '../config.js';
import { lateSeconds } from './close-calendar.js';

const CLOSED = `select (max(day) filter (where closed_at is not null))::text as closed from close_day group by tenant_id`;

/** How far the close is behind: an operator is told where a date stays open after its cut-off. */
@Injectable()
export class WatchClose {
  constructor(
    @Inject(MetricsRegistry) metrics: MetricsRegistry,
    @Inject(Database) database: Database,
    @Inject(PostLoanMonitoringConfig) { closeCutOff }: PostLoanMonitoringConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    metrics.gauge('millrace_close_late_seconds', 'Time since the cut-off of the oldest business date that is not closed; 0 where all are.', async () => {
      const { rows } = await database.query<{ closed: IsoDate | null }>(CLOSED);
      return Math.max(0, ...rows.map(({ closed }) => lateSeconds(closed, clock.now(), closeCutOff)));
    });
  }
}
