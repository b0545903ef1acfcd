import { businessDate, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { DisbursementConfig } from '../config.js';

/** A day under way: what a worker asks for next. */
export interface DayToRead {
  readonly tenantId: string;
  readonly account: string;
  readonly day: string;
  readonly cursor: string | null;
}

const MS_PER_DAY = 86_400_000;
/** A day is over for us so many days after its end: the bank adds nothing to it any more. */
const OPEN_DAYS = 3;
/** A day that is past and not closed is read anew so often. */
const PAST_DAY_MS = 3_600_000;
/** The present day is read from its first line so often, and else from the cursor. */
const FROM_START_MS = 600_000;
/** A day that is untouched for so long has lost its job; it is due again. */
export const TAKEOVER_MS = 60_000;
const MOST_BACKOFF_MS = 300_000;
const MOST_DOUBLINGS = 8;

/** The cursor holds for a day that is read on, also by whoever takes it over; one that is read anew begins with its first line. */
const BEGIN = `
update statement_day set cursor = case when from_start_at is null or from_start_at <= $4 then null else cursor end,
  from_start_at = case when from_start_at is null or from_start_at <= $4 then $5 else from_start_at end
where tenant_id = $1 and account = $2 and day = $3 returning cursor`;

/** Whoever reads on keeps the day: it counts as lost only a while after its last page. */
const ADVANCE = `
update statement_day set cursor = $5, next_pull_at = $6 where tenant_id = $1 and account = $2 and day = $3 and cursor is not distinct from $4`;

/** A past day is read from its first line when its turn comes again. */
const END = `
update statement_day set next_pull_at = $4, last_read_at = $5, failures = 0, last_failure = null, from_start_at = case when day < $6 then null else from_start_at end
where tenant_id = $1 and account = $2 and day = $3`;

const FAIL = `
update statement_day set failures = failures + 1, last_failure = $4,
  next_pull_at = $5::timestamptz + least($6 * power(2, least(failures, ${MOST_DOUBLINGS})), ${MOST_BACKOFF_MS}) * interval '1 millisecond'
where tenant_id = $1 and account = $2 and day = $3`;

/** How far each day of a statement has been read, and when it is read next. */
@Injectable()
export class StatementDays {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DisbursementConfig) private readonly config: DisbursementConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Begins to read a day: on from where it was, or anew where that is due. */
  async begin(tenantId: string, account: string, day: string): Promise<DayToRead | undefined> {
    const now = this.clock.now();
    const again = new Date(now.getTime() + FROM_START_MS);
    const { rows } = await this.database.query<{ cursor: string | null }>(BEGIN, [tenantId, account, day, now, again]);
    return rows[0] && { tenantId, account, day, cursor: rows[0].cursor };
  }

  /** Moves the cursor in the transaction that stores the page; false where another worker has read on meanwhile. */
  async advance(tx: EventTransaction, { tenantId, account, day, cursor }: DayToRead, nextCursor: string): Promise<boolean> {
    const lostAt = new Date(this.clock.now().getTime() + TAKEOVER_MS);
    return (await tx.query(ADVANCE, [tenantId, account, day, cursor, nextCursor, lostAt])).rowCount === 1;
  }

  /** The day was read to its present end. */
  async end({ tenantId, account, day }: DayToRead): Promise<void> {
    const now = this.clock.now();
    await this.database.query(END, [tenantId, account, day, this.#nextPullAt(day, now), now, businessDate(now)]);
  }

  /** The bank was away, or answered nonsense: asked again, later each time. */
  async fail({ tenantId, account, day }: DayToRead, failure: string): Promise<void> {
    await this.database.query(FAIL, [tenantId, account, day, failure, this.clock.now(), this.config.statementIntervalMs]);
  }

  /** Null where nothing is added to the day any more. */
  #nextPullAt(day: string, now: Date): Date | null {
    const today = businessDate(now);
    if (day >= today) return new Date(now.getTime() + this.config.statementIntervalMs);
    const age = (Date.parse(today) - Date.parse(day)) / MS_PER_DAY;
    return age > OPEN_DAYS ? null : new Date(now.getTime() + PAST_DAY_MS);
  }
}
