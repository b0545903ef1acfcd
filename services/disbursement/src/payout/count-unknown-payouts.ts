import { Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

/** Payouts whose outcome nobody knows yet: the figure that tells an operator that money may hang at the bank (S13). */
@Injectable()
export class CountUnknownPayouts {
  constructor(@Inject(MetricsRegistry) metrics: MetricsRegistry, @Inject(Database) database: Database) {
    metrics.gauge('millrace_payouts_unknown', 'Payouts that the bank was told and has given no final answer about.', async () => {
      const { rows } = await database.query<{ unknown: string }>(`select count(*) as unknown from payout where status = 'UNKNOWN'`);
      return Number(rows[0]!.unknown);
    });
  }
}
