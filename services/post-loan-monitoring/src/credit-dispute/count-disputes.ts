import { businessInstant, type Clock } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import { CLOCK, Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

const NEXT = 'select min(due_on)::text as "dueOn" from credit_dispute where live';
const MS_PER_SECOND = 1_000;

/** How long the dispute that is due first may still take; by it people are called before the days are over (G-CB-05). */
@Injectable()
export class CountDisputes {
  constructor(@Inject(MetricsRegistry) metrics: MetricsRegistry, @Inject(Database) database: Database, @Inject(CLOCK) clock: Clock) {
    const meaning =
      'Seconds until the first of the open disputes of credit reports has to be answered, below 0 where that day is over; NaN where none is open.';
    metrics.gauges('millrace_credit_dispute_seconds_left', meaning, [], async () => {
      const dueOn = (await database.query<{ dueOn: string | null }>(NEXT)).rows[0]!.dueOn;
      // No alert holds of NaN, and the series is there from the beginning.
      const value = dueOn === null ? Number.NaN : (businessInstant(addDays(dueOn, 1)).getTime() - clock.now().getTime()) / MS_PER_SECOND;
      return [{ labels: {}, value }];
    });
  }
}
