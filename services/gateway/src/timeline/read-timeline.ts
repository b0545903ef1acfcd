import { allEventClasses, describeEvent, isVisibleToPartners, TYPE_PREFIX } from '@millrace/contracts';
import type { TimelineAnswer, TimelineEntryAnswer } from '@millrace/contracts/api';
import { Database, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { RouteCall, RouteHandler } from '../described/serve-route.js';
import type { UpstreamAnswer } from '../upstream/upstream.js';
import { CheckOwner } from './check-owner.js';
import { orderTimeline, type Placed } from './order-timeline.js';
import type { TimelineReason } from './reasons-of.js';
import { shownReasons } from './shown-reasons.js';

/** Steps of one answer; the newest, as a story of that length is read from its end. */
const MAX_ENTRIES = 1_000;

/** Types that the timeline shows, as its rows name them: a row of an event that is no longer visible to partners stays stored and is not shown. */
const SHOWN_TYPES = allEventClasses()
  .filter(isVisibleToPartners)
  .map((eventClass) => describeEvent(eventClass).type.slice(TYPE_PREFIX.length));

interface Row extends Placed {
  readonly type: string;
  readonly title: string;
  readonly reasons: TimelineReason[];
  readonly actorKind: TimelineEntryAnswer['actor']['kind'];
  readonly actorId: string;
  readonly applicationId: string;
  readonly loanId: string | null;
}

function read(column: 'application_id' | 'loan_id'): string {
  return `select event_id as "eventId", causation_id as "causationId", occurred_at as "occurredAt", topic, log_offset as "logOffset", type, title, reasons,
    actor_kind as "actorKind", actor_id as "actorId", application_id as "applicationId", loan_id as "loanId"
    from timeline_entry where ${column} = $1 and type = any($2) order by occurred_at desc, topic desc, log_offset desc limit ${MAX_ENTRIES + 1}`;
}

function entryOf({ eventId, type, title, occurredAt, actorKind, actorId, reasons, applicationId, loanId }: Row, principal: Principal): TimelineEntryAnswer {
  // Which member of staff decided is the lender's own affair (R-IT-05).
  const actor = { kind: actorKind, id: actorKind === 'staff' && principal.kind === 'partner' ? 'staff' : actorId };
  return {
    eventId,
    type: `${TYPE_PREFIX}${type}`,
    title,
    occurredAt: occurredAt.toISOString(),
    actor,
    reasons: shownReasons(type, title, reasons),
    applicationId,
    loanId,
  };
}

/** What happened, from the read model that the events of the hub and of monitoring feed. */
@Injectable()
export class ReadTimeline implements RouteHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CheckOwner) private readonly owner: CheckOwner,
  ) {}

  /** Of an application, or of a loan: the steps that name it, from the order to pay it out on. */
  async handle({ principal, ids: { applicationId, loanId = '' } }: RouteCall): Promise<UpstreamAnswer<TimelineAnswer>> {
    if (applicationId === undefined) await this.owner.ofLoan(principal, loanId);
    else await this.owner.ofApplication(principal, applicationId);
    const body = applicationId === undefined ? await this.#read('loan_id', loanId, principal) : await this.#read('application_id', applicationId, principal);
    return { status: 200, body };
  }

  async #read(column: 'application_id' | 'loan_id', id: string, principal: Principal): Promise<TimelineAnswer> {
    const { rows } = await this.database.query<Omit<Row, 'logOffset'> & { logOffset: string }>(read(column), [id, SHOWN_TYPES]);
    const entries = rows.slice(0, MAX_ENTRIES).map((row) => ({ ...row, logOffset: BigInt(row.logOffset) }));
    return { items: orderTimeline(entries).map((row) => entryOf(row, principal)), complete: rows.length <= MAX_ENTRIES };
  }
}
