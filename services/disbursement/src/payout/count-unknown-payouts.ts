import { Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

const UNVERIFIED = `
select count(*) as unverified from payout p where p.status = 'RESERVED' and p.next_action_at is not null
  and (select s.outcome from payout_step s where s.payout_id = p.payout_id and s.outcome is not null order by s.step_id desc limit 1) = 'holder_unclear'`;

/** Payouts whose outcome nobody knows yet, so that money may hang at the bank (S13), those that wait for a person, and those that wait for the bank's name check. */
@Injectable()
export class CountUnknownPayouts {
  constructor(@Inject(MetricsRegistry) metrics: MetricsRegistry, @Inject(Database) database: Database) {
    metrics.gauge('millrace_payouts_unknown', 'Payouts that the bank was told and has given no final answer about.', async () => {
      const { rows } = await database.query<{ unknown: string }>(`select count(*) as unknown from payout where status = 'UNKNOWN'`);
      return Number(rows[0]!.unknown);
    });
    metrics.gauge('millrace_payouts_held', 'Payouts that are not sent, because the record of their payee is not what was stored.', async () => {
      const { rows } = await database.query<{ held: string }>(
        'select count(*) as held from payout where held_reason is not null and next_action_at is not null',
      );
      return Number(rows[0]!.held);
    });
    metrics.gauge(
      'millrace_payouts_unverified',
      'Payouts that are not sent, because the bank could not say whose the account is when it was asked last.',
      async () => {
        const { rows } = await database.query<{ unverified: string }>(UNVERIFIED);
        return Number(rows[0]!.unverified);
      },
    );
  }
}
