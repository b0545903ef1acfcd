import { Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

/** Refunds whose outcome nobody knows yet (S13). */
@Injectable()
export class CountUnknownRefunds {
  constructor(@Inject(MetricsRegistry) metrics: MetricsRegistry, @Inject(Database) database: Database) {
    metrics.gauge('millrace_refunds_unknown', 'Refunds that the bank was told and has given no final answer about.', async () => {
      const { rows } = await database.query<{ unknown: string }>(
        `select count(*) as unknown from refund where status = 'UNKNOWN' and next_action_at is not null`,
      );
      return Number(rows[0]!.unknown);
    });
  }
}
