import { table } from '../command/print-table.js';
import { place, shortType } from '../story/print-story.js';
import type { ReplayReport } from './run-replay.js';

/** What a replay did, or would do, for people. A replay mends no read model, so where the service has some it says what does. */
export function replayAsText(
  { dryRun, events, new: fresh, duplicates, refused, rows, refusals }: ReplayReport,
  models: readonly string[] = [],
  applicationId?: string,
): string {
  const counts = table(['events', 'new', 'duplicates', 'refused'], [[events, fresh, duplicates, refused]], ['events', 'new', 'duplicates', 'refused']);
  const written = Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));
  const head = ['table', 'inserted', 'updated', 'deleted'];
  const changes =
    written.length === 0
      ? []
      : [
          dryRun ? 'Rows that would be written:' : 'Rows written:',
          table(
            head,
            written.map(([name, { inserted, updated, deleted }]) => [name, inserted, updated, deleted]),
            head.slice(1),
          ),
        ];
  const list = refusals.map((refusal) => [place(refusal), shortType(refusal.type), refusal.key, refusal.reason]);
  const why = list.length === 0 ? [] : [dryRun ? 'Would be refused:' : 'Refused:', table(['place', 'event', 'key', 'reason'], list)];
  const none = events === 0 ? ['No event of this range is for this consumer, or for the application that was named.'] : [];
  const rebuild = models.map(
    (model) =>
      `What the inbox knows was not handled again. A read model that is wrong is mended by: lendctl rebuild --model ${model}${applicationId ? ` --application ${applicationId}` : ''}`,
  );
  const hint = duplicates > 0 ? rebuild : [];
  return [dryRun ? 'Dry run: nothing was changed.' : 'Replayed.', counts, ...none, ...changes, ...why, ...hint].join('\n');
}
