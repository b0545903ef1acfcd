import { setTimeout as delay } from 'node:timers/promises';
import { HISTORY_ANCHORS_TOPIC, newId } from '@millrace/contracts';
import { UnknownTopicError, type EventLog } from '@millrace/messaging';
import type pg from 'pg';
import { OperatorError } from '../trouble/operator-error.js';
import type { Installation } from '../installation/installation.js';
import { BEFORE_FIRST, hashOf, writePage, type AnchoredHead, type AnchoredStretch, type AnchorPage, type AnchorState } from './anchor-page.js';
import { ANCHORED_TABLES, digestsOf, lastPosition, nextEnd, type AnchoredTable } from './anchored-tables.js';
import { lastAnchored } from './read-anchors.js';

const HUB = 'loan-application';
/** About 110 KB a page, a ninth of what a record may have. */
const HEADS_PER_PAGE = 1_000;
const ROWS_PER_STRETCH = 1_000;
/** Changes that carry the time of their beginning become visible later, by less than this. */
const LATE_MS = 3_600_000;
/** Longer than a statement takes from drawing a position to having a transaction id. */
const DRAWN_MS = 200;
const POLL_MS = 100;
const PATIENCE_MS = 60_000;

/** What an anchor holds. */
export interface WrittenAnchor {
  readonly anchoredAt: string;
  readonly pages: number;
  /** Applications whose history has grown since the anchor before. */
  readonly histories: number;
  /** Rows of the other histories that were not anchored before. */
  readonly rows: number;
  /** Hash of the last page, and through it of all pages before. */
  readonly sha256: string;
}

/** Appends pages one by one: a page that the log has taken twice is the same one, and known by that. */
class PageWriter {
  #pages = 0;

  constructor(
    private readonly log: EventLog,
    readonly anchoredAt: string,
    private last: { readonly number: number; readonly sha256: string },
  ) {}

  async add(content: Partial<Pick<AnchorPage, 'heads' | 'stretches' | 'state'>>): Promise<void> {
    const page = { number: this.last.number + 1, previousSha256: this.last.sha256, anchoredAt: this.anchoredAt, heads: [], stretches: [], ...content };
    const text = writePage(page);
    const headers = { ce_id: newId(), ce_source: 'lendctl', ce_type: HISTORY_ANCHORS_TOPIC };
    await this.log.append([{ topic: HISTORY_ANCHORS_TOPIC, key: 'anchors', headers, value: Buffer.from(text) }]);
    this.last = { number: page.number, sha256: hashOf(text) };
    this.#pages++;
  }

  get written(): { readonly pages: number; readonly sha256: string } {
    return { pages: this.#pages, sha256: this.last.sha256 };
  }
}

/**
 * Writes what the heads of all histories are now, as far as they have grown since the last anchor, to a topic that no service may write. Throws one line
 * where another anchor is under way, or where a transaction stays open for so long that nobody can say what comes before it.
 */
export async function writeAnchor(installation: Installation): Promise<WrittenAnchor> {
  return alone(installation.pool(HUB), async () => {
    const { last, state } = await lastAnchored(installation.log).catch((error: unknown) => {
      if (error instanceof UnknownTopicError) throw new OperatorError(error.message, { cause: error });
      throw error;
    });
    const anchoredAt = installation.clock.now().toISOString();
    const writer = new PageWriter(installation.log, anchoredAt, { number: last?.page?.number ?? 0, sha256: last?.sha256 ?? BEFORE_FIRST });
    const heads = await addHeads(installation, writer, state);
    const { stretches, ends } = await newStretches(installation, state);
    await writer.add({ stretches, state: { ...(heads.changedSince ? { changedSince: heads.changedSince } : {}), ends } });
    return { anchoredAt, ...writer.written, histories: heads.count, rows: stretches.reduce((sum, { rows }) => sum + rows, 0) };
  });
}

/** One anchor at a time, as each continues the one before. */
async function alone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A broken connection is reported by the next statement; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(hashtext('millrace'), hashtext('anchor')) as free`);
    if (!rows[0]!.free) throw new OperatorError('another anchor is being written; nothing was done');
    return await work();
  } finally {
    client.release(true);
  }
}

const NEWEST = `select least(max(updated_at), $1) as newest from application`;
const CHANGED = `select application_id as "applicationId", history_seq as seq, history_head as head from application
  where application_id > $1 and ($2::timestamptz is null or updated_at >= $2) and history_seq > 0 order by application_id limit $3`;

type ChangedHead = { readonly applicationId: string; readonly seq: number; readonly head: string };

/** The services' own time counts, which need not be that of this machine. */
async function addHeads(installation: Installation, writer: PageWriter, state: AnchorState): Promise<{ count: number; changedSince: string | undefined }> {
  const [row] = await installation.rows<{ newest: Date | null }>(HUB, NEWEST, [installation.clock.now()]);
  const changedSince = row?.newest ? new Date(row.newest.getTime() - LATE_MS).toISOString() : state.changedSince;
  let count = 0;
  const values = [state.changedSince ?? null, HEADS_PER_PAGE];
  for await (const changed of installation.pages<ChangedHead>(HUB, CHANGED, ({ applicationId }) => applicationId, values)) {
    await writer.add({ heads: changed.map(({ applicationId, seq, head }): AnchoredHead => [applicationId, seq, head]) });
    count += changed.length;
  }
  return { count, changedSince };
}

async function newStretches(installation: Installation, state: AnchorState): Promise<{ stretches: AnchoredStretch[]; ends: Record<string, string> }> {
  const stretches: AnchoredStretch[] = [];
  const ends: Record<string, string> = { ...state.ends };
  for (const { table, end } of await settledEnds(installation)) {
    for (;;) {
      const after = ends[table.name] ?? '0';
      const upTo = await nextEnd(installation, table, { after, end, limit: ROWS_PER_STRETCH });
      if (upTo === undefined) break;
      const [digest] = await digestsOf(installation, table, [{ after, upTo }]);
      stretches.push({ table: table.name, ...digest! });
      ends[table.name] = upTo;
    }
  }
  return { stretches, ends };
}

/**
 * Last position of each table behind which nothing can come any more. Positions are drawn before the commit: a row may become visible after one with a
 * higher position, so whoever was under way when the positions were read is waited for.
 */
async function settledEnds(installation: Installation): Promise<{ readonly table: AnchoredTable; readonly end: string }[]> {
  const ends = [];
  for (const table of ANCHORED_TABLES) ends.push({ table, end: await lastPosition(installation, table) });
  await delay(DRAWN_MS);
  const [now] = await installation.rows<{ next: string }>(HUB, 'select pg_snapshot_xmax(pg_current_snapshot())::text as next');
  for (const until = performance.now() + PATIENCE_MS; ;) {
    const [row] = await installation.rows<{ ended: boolean }>(HUB, 'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as ended', [now!.next]);
    if (row!.ended) return ends;
    if (performance.now() > until) throw new OperatorError('a transaction of the database has been open for over a minute; anchor again when it has ended');
    await delay(POLL_MS);
  }
}
