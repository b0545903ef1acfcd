import type { FreshnessParameters } from '@millrace/policy';
import type { QueryIds } from './query-ids.js';
import type { SourceReply } from './source-reply.js';
import { SOURCE_DEFINITIONS, type Source } from './sources.js';

const DAY_MS = 86_400_000;

/** Stored answers by whether something may still be decided by them. */
export interface AgedReplies {
  readonly replies: ReadonlyMap<Source, SourceReply>;
  /** Queries whose answer is too old, by source: they are asked anew, under another id. */
  readonly spentQueryIds: QueryIds;
}

/** Leaves out answers that are older than their source's limit on the day of a decision (M-AP-12). */
export function withinAge(stored: ReadonlyMap<Source, SourceReply>, freshness: FreshnessParameters, now: Date): AgedReplies {
  const isOld = ({ source, fetchedAt }: SourceReply): boolean =>
    now.getTime() - fetchedAt.getTime() > SOURCE_DEFINITIONS[source].maxAgeDays(freshness) * DAY_MS;
  const all = [...stored.values()];
  return {
    replies: new Map(all.filter((reply) => !isOld(reply)).map((reply) => [reply.source, reply])),
    spentQueryIds: Object.fromEntries(all.filter(isOld).map(({ source, queryId }) => [source, queryId])),
  };
}
