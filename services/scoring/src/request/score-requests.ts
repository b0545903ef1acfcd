import type { ScoringRequested } from '@millrace/contracts';
import type { TransactionContext } from '@millrace/messaging';
import { Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

/** A request that has no outcome yet. */
export interface ScoreRequest {
  readonly scoreId: string;
  readonly payload: ScoringRequested;
  readonly eventId: string;
  readonly traceparent: string | undefined;
  readonly requestedAt: Date;
  readonly unusableTries: number;
  /** Consents that were withdrawn, of those that a score rests on: C5 for the invoices, C7 for a decision by a machine. */
  readonly revokedConsents: readonly string[];
}

const READ = `
select score_id as "scoreId", request as payload, event_id as "eventId", traceparent, requested_at as "requestedAt", unusable_tries as "unusableTries",
  array(select type from revoked_consent r where r.application_id = score_request.application_id and type in ('C5', 'C7') order by type) as "revokedConsents"
from score_request where score_id = $1 and status = 'requested'`;

const COUNT_UNUSABLE = `update score_request set unusable_tries = unusable_tries + 1 where score_id = $1 and status = 'requested'`;

/** What a request's later steps inherit from the event that made it. */
export function contextOfRequest({ eventId, traceparent }: ScoreRequest): TransactionContext {
  return { actor: { kind: 'system', id: 'scoring' }, causationId: eventId, traceparent };
}

/** The requests of the hub, for the job that answers them. */
@Injectable()
export class ScoreRequests {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined where the request has its score or has failed: a job that runs twice then has nothing to do. */
  async readOpen(scoreId: string): Promise<ScoreRequest | undefined> {
    const { rows } = await this.database.query<ScoreRequest & { traceparent: string | null }>(READ, [scoreId]);
    const [row] = rows;
    return row && { ...row, traceparent: row.traceparent ?? undefined };
  }

  async countUnusableTry(scoreId: string): Promise<void> {
    await this.database.query(COUNT_UNUSABLE, [scoreId]);
  }
}
