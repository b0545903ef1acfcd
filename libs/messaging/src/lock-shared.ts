import { contextOf, type Delivery } from './delivery.js';
import type { EventHandler, ReceivedEvent } from './event-transaction.js';
import { prepared } from './prepared-statement.js';
import type { UnitOfWork } from './unit-of-work.js';

// The schema is in the name, as services share a database.
const LOCK = `
select pg_advisory_xact_lock(n.key) from (
  select distinct hashtextextended(current_schema() || ' ' || t.name, 0) as key from unnest($1::text[]) as t(name) order by 1
) n`;

/**
 * Takes what the events of one transaction share with those of other applications, in one order whatever that of the events: transactions that meet wait
 * for each other one way only. A single name needs no order, as its row is locked by whoever writes it.
 */
export async function lockShared(unit: UnitOfWork, deliveries: readonly Delivery[], service: string): Promise<void> {
  if (deliveries.length < 2) return;
  const byHandler = new Map<EventHandler<never>, ReceivedEvent<never>[]>();
  for (const delivery of deliveries) {
    if (!('event' in delivery) || !delivery.handler.shared) continue;
    const events = byHandler.get(delivery.handler);
    if (events) events.push(delivery.event);
    else byHandler.set(delivery.handler, [delivery.event]);
  }
  const names = new Set<string>();
  for (const [handler, events] of byHandler) {
    for (const name of await handler.shared!(events, unit.as(contextOf(events[0]!, service)))) names.add(name);
  }
  if (names.size > 1) await unit.client.query(prepared(LOCK, [[...names]]));
}
