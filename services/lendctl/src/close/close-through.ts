import { CloseBook } from '@millrace/post-loan-monitoring/close-book';
import { lastClosableDay } from '@millrace/post-loan-monitoring/close-calendar';
import { OperatorError } from '../trouble/operator-error.js';
import { table } from '../command/print-table.js';
import { Progress } from '../command/progress.js';
import type { Installation } from '../installation/installation.js';

const MONITORING = 'post-loan-monitoring';
/** The setting's default, for an installation that says nothing of it. */
const DEFAULT_CUT_OFF = '00:30';

/** The last date whose cut-off is over, by the setting of the service. */
const lastDay = ({ clock, settings }: Installation): string => lastClosableDay(clock.now(), settings['MILLRACE_CLOSE_CUT_OFF'] ?? DEFAULT_CUT_OFF);

/** Loans of the batches of a tenant's open day that wait. */
const LEFT = `select coalesce(sum(loans), 0)::int as loans from close_batch where tenant_id = $1 and day = $2 and done_at is null`;

/** Closes every tenant through a date, telling of progress, rate and time left. */
export async function closeThrough(
  installation: Installation,
  date: string | undefined,
  tell: (text: string) => void,
): Promise<{ readonly tenantId: string; readonly through: string }[]> {
  const last = lastDay(installation);
  if (date !== undefined && date > last)
    throw new OperatorError(`${date} has not ended, or its cut-off is not over; the last date that can be closed is ${last}`);
  const book = new CloseBook(installation.runner(MONITORING), installation.clock);
  const tenants = await book.tenants();
  for (const tenantId of tenants) {
    let progress: Progress | undefined;
    let day = '';
    await book.closeTenant(tenantId, date ?? last, {
      opened: async (open) => {
        day = open.day;
        const [{ loans }] = (await installation.rows<{ loans: number }>(MONITORING, LEFT, [tenantId, day])) as [{ loans: number }];
        progress = new Progress(`${tenantId} ${day}`, tell, loans);
      },
      progress: ({ loans }) => progress?.add(loans),
    });
  }
  return tenants.map((tenantId) => ({ tenantId, through: date ?? last }));
}

/** Where the close of a tenant is. */
export interface CloseStatus {
  readonly tenantId: string;
  /** Last closed date; null before the first. */
  readonly closedThrough: string | null;
  /** Date that is being closed, with loans of it that wait. */
  readonly openDay: string | null;
  readonly loansLeft: number;
  /** Dates whose cut-off is over and that are not closed. */
  readonly daysLate: number;
}

const STATUS = `
select t.tenant_id as "tenantId", c.day::text as "closedThrough", o.day::text as "openDay",
  coalesce((select sum(loans) from close_batch b where b.tenant_id = o.tenant_id and b.day = o.day and b.done_at is null), 0)::int as "loansLeft",
  greatest(0, $1::date - coalesce(c.day, $1::date - 1))::int as "daysLate"
from (select distinct tenant_id from loan) t
  left join lateral (select day from close_day d where d.tenant_id = t.tenant_id and closed_at is not null order by day desc limit 1) c on true
  left join close_day o on o.tenant_id = t.tenant_id and o.closed_at is null
order by 1`;

export const closeStatus = (installation: Installation): Promise<CloseStatus[]> =>
  installation.rows<CloseStatus & Record<string, unknown>>(MONITORING, STATUS, [lastDay(installation)]);

export function statusAsText(status: readonly CloseStatus[]): string {
  return table(
    ['tenant', 'closed through', 'being closed', 'loans left', 'days late'],
    status.map(({ tenantId, closedThrough, openDay, loansLeft, daysLate }) => [tenantId, closedThrough ?? '–', openDay ?? '–', loansLeft, daysLate]),
    ['loans left', 'days late'],
  );
}
