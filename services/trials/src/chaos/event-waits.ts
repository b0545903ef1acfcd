import type { Installation } from '@millrace/lendctl/installation';

const PAGE = 20_000;
/** Rows of an outbox are numbered from 1. */
const BEFORE_OUTBOX = '0';

type WrittenEvent = { readonly seq: string; readonly id: string; readonly written: Date };

const WRITTEN = 'select seq, id, created_at as written from outbox where seq > $1 order by seq limit $2';
const HANDLED = 'select event_id as id, handled_at as handled from inbox where consumer = $1 and event_id = any($2::uuid[])';

/** Of each service the longest time, in milliseconds, from the moment that an event was written to the moment that the service began to handle it for good. */
export async function longestWaits(installation: Installation): Promise<Readonly<Record<string, number>>> {
  const longest = Object.fromEntries(installation.services.map((service) => [service, 0]));
  for (const producer of installation.services) {
    for await (const events of installation.pages<WrittenEvent>(producer, WRITTEN, ({ seq }) => seq, [PAGE], BEFORE_OUTBOX)) {
      const writtenAt = new Map(events.map(({ id, written }) => [id, written.getTime()]));
      for (const service of installation.services) {
        const rows = await installation.rows<{ id: string; handled: Date }>(service, HANDLED, [service, [...writtenAt.keys()]]);
        for (const { id, handled } of rows) longest[service] = Math.max(longest[service]!, handled.getTime() - writtenAt.get(id)!);
      }
    }
  }
  return longest;
}
