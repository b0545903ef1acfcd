import { createHash } from 'node:crypto';
import { contentHash, type Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Provider } from '../fault/fault.dto.js';
import { fateOfMatter } from './matter-rules.js';

/** How a matter stands now. */
export interface MatterView {
  readonly id: string;
  readonly status: 'done' | 'refused' | 'pending';
  /** The party's own name of it. */
  readonly reference: string;
  readonly doneAt: string | null;
  readonly reason: string | null;
}

/** A matter with what was told, for tests that look at what was sent. */
export interface ToldMatter extends MatterView {
  readonly receivedAt: string;
  readonly content: object;
}

interface MatterRow {
  readonly id: string;
  readonly sha256: string;
  readonly reference: string;
  readonly finalStatus: 'done' | 'refused' | null;
  readonly finalReason: string | null;
  readonly finalAt: Date | null;
  readonly receivedAt: Date;
  readonly content: object;
}

const COLUMNS = `
select matter_id as id, request_sha256 as sha256, reference, final_status as "finalStatus", final_reason as "finalReason", final_at as "finalAt",
  received_at as "receivedAt", content from told_matter where party = $1`;
const INSERT = `
insert into told_matter (party, matter_id, request_sha256, content, reference, received_at, final_status, final_reason, final_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`;
const REFERENCE_CHARACTERS = 16;

/** What parties were told in writing; it outlives a restart. */
@Injectable()
export class MatterBook {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes a matter in, or finds the one that came under this id before; answers how it stands now. */
  async enter(party: Provider, id: string, content: object, subjectRef: string): Promise<MatterView> {
    const sha256 = contentHash(content);
    if (!(await this.#read(party, id))) {
      const now = this.clock.now();
      const { status, reason, afterMs } = fateOfMatter(subjectRef);
      const reference = `TM${createHash('sha256').update(`${party} ${id}`).digest('hex').slice(0, REFERENCE_CHARACTERS).toUpperCase()}`;
      const fate = [status, reason, afterMs === null ? null : new Date(now.getTime() + afterMs)];
      await this.db.query(INSERT, [party, id, sha256, JSON.stringify(content), reference, now, ...fate]);
    }
    // The same may have come in twice at once; then the other one is in the book.
    const row = (await this.#read(party, id))!;
    if (row.sha256 !== sha256) throw idReused('request');
    return this.#view(row);
  }

  async find(party: Provider, id: string): Promise<MatterView | undefined> {
    const row = await this.#read(party, id);
    return row && this.#view(row);
  }

  /** What a party was told about a loan, in the order in which it came in. */
  async list(party: Provider, loanId: string): Promise<ToldMatter[]> {
    const { rows } = await this.db.query<MatterRow & Record<string, unknown>>(`${COLUMNS} and content ->> 'loanId' = $2 order by seq limit 1000`, [
      party,
      loanId,
    ]);
    return rows.map((row) => ({ ...this.#view(row), receivedAt: row.receivedAt.toISOString(), content: row.content }));
  }

  #view({ id, reference, finalStatus, finalReason, finalAt }: MatterRow): MatterView {
    const isSettled = finalAt !== null && finalAt <= this.clock.now();
    const status = isSettled ? finalStatus! : 'pending';
    return { id, status, reference, doneAt: status === 'done' ? finalAt!.toISOString() : null, reason: isSettled ? finalReason : null };
  }

  async #read(party: Provider, id: string): Promise<MatterRow | undefined> {
    return (await this.db.query<MatterRow & Record<string, unknown>>(`${COLUMNS} and matter_id = $2`, [party, id])).rows[0];
  }
}
