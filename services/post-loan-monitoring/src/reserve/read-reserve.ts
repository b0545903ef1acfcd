import type { ReserveAnswer, ReserveRowAnswer } from '@millrace/contracts/api';
import { addMonths, type IsoDate } from '@millrace/finance';
import { Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

const USUAL_MONTHS = 12;

const ROWS = `
select m.movement_id as "movementId", m.moved_on::text as on, m.kind, m.currency, m.amount_minor::text as "amountMinor", m.balance::text as "balanceMinor", m.base,
  m.base_minor::text as "baseMinor", m.rate_bps as "rateBps", m.policy_version as "policyVersion", r.event_reference as "eventReference", r.reason, r.request_id as "requestId"
from (select *, sum(amount_minor) over (partition by currency order by moved_on, seq) as balance from reserve_movement where tenant_id = $1 and moved_on <= $3) m
  left join reserve_request r using (request_id)
where m.moved_on >= $2 order by m.moved_on, m.seq`;

/** Of every currency that was ever moved. A sum by day, as the close of a month end may book after what was moved on the next day. */
const BALANCES = `
select currency, sum(amount_minor)::text as "balanceMinor" from reserve_movement where tenant_id = $1 and moved_on <= $2 group by currency order by currency`;

/** The reserve for operational risk of a tenant by day. */
@Injectable()
export class ReadReserve {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** What is in reserve at the end of a day, and what has moved it in the months through it, the month of the day among them. */
  async reserve(tenantId: string, day: IsoDate, months = USUAL_MONTHS): Promise<ReserveAnswer> {
    const from = `${addMonths(day, 1 - months).slice(0, 7)}-01`;
    const { rows: balances } = await this.database.query<ReserveAnswer['balances'][number]>(BALANCES, [tenantId, day]);
    const { rows: items } = await this.database.query<ReserveRowAnswer>(ROWS, [tenantId, from, day]);
    return { day, from, balances, items };
  }
}
