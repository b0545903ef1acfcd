import { contentHash } from '@millrace/contracts';
import type { Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

/** Kinds of queries that are answered once and counted. */
export const ANSWER_KINDS = ['identity', 'enterprise_bureau', 'personal_bureau', 'tax', 'invoices', 'watchlists', 'accounts', 'esign'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

interface AnsweredRow {
  readonly request_sha256: string;
  readonly answer: string;
}

/** Keeps the first answer to an id, so that a repeat gets the same bytes whatever has changed since; what is refused is not kept. */
@Injectable()
export class AnswerOnce {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The answer as JSON text: the kept one, or the one that `work` gives now. Throws 409 where the id names another request. */
  async answer(kind: AnswerKind, requestId: string, request: object, work: () => Promise<object>): Promise<string> {
    const sha256 = contentHash(request);
    const kept = await this.#kept(kind, requestId);
    if (kept) return this.#same(kept, sha256);
    const answer = JSON.stringify(await work());
    const { rowCount } = await this.db.query(
      'insert into answered_put (kind, request_id, request_sha256, answer, answered_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [kind, requestId, sha256, answer, this.clock.now()],
    );
    // Somebody else may have been answered under this id in the meantime; then that is the first answer.
    return rowCount === 1 ? answer : this.#same((await this.#kept(kind, requestId))!, sha256);
  }

  /** Answered queries by kind, each id once. */
  async counts(): Promise<Record<AnswerKind, number>> {
    const { rows } = await this.db.query<{ kind: AnswerKind; count: number }>('select kind, count(*)::int as count from answered_put group by kind');
    const counted = new Map(rows.map(({ kind, count }) => [kind, count]));
    return Object.fromEntries(ANSWER_KINDS.map((kind) => [kind, counted.get(kind) ?? 0])) as Record<AnswerKind, number>;
  }

  async #kept(kind: AnswerKind, requestId: string): Promise<AnsweredRow | undefined> {
    const { rows } = await this.db.query<AnsweredRow & Record<string, unknown>>(
      'select request_sha256, answer from answered_put where kind = $1 and request_id = $2',
      [kind, requestId],
    );
    return rows[0];
  }

  #same(kept: AnsweredRow, sha256: string): string {
    if (kept.request_sha256 !== sha256) throw idReused('request');
    return kept.answer;
  }
}
