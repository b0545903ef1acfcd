import { Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { TOLD_PARTIES } from './dispatch.js';

const UNKNOWN = `select party, count(*)::int as count from dispatch where state = 'UNKNOWN' and next_action_at is not null group by party`;

/** Matters whose outcome nobody knows yet. */
@Injectable()
export class CountDispatches {
  constructor(@Inject(MetricsRegistry) metrics: MetricsRegistry, @Inject(Database) database: Database) {
    const meaning = 'Notices and reports that a party was told and has given no final answer about.';
    metrics.gauges('millrace_dispatches_unknown', meaning, ['party'], async () => {
      const { rows } = await database.query<{ party: string; count: number }>(UNKNOWN);
      return Object.keys(TOLD_PARTIES).map((party) => ({ labels: { party }, value: rows.find((row) => row.party === party)?.count ?? 0 }));
    });
  }
}
