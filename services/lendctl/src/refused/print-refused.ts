import type { RefusedEvent } from '@millrace/messaging';
import { table } from '../command/print-table.js';
import { place, shortType } from '../story/print-story.js';

/** The list for people. */
export function refusedAsTable(events: readonly (RefusedEvent & { readonly consumer: string })[]): string {
  if (events.length === 0) return 'No event.';
  const rows = events.map((event) => [
    event.consumer,
    event.id,
    place(event),
    shortType(event.type),
    event.source,
    event.reasonCode,
    event.reason,
    event.refusedAt.toISOString(),
    event.seenBy ?? '',
  ]);
  return table(['consumer', 'id', 'place', 'event', 'source', 'refused as', 'reason', 'at', 'seen by'], rows, ['id']);
}
