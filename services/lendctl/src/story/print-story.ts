import pico from 'picocolors';
import { table } from '../command/print-table.js';
import { causeTree, inStoryOrder, treeLines, type CauseNode } from './cause-tree.js';
import type { ConsumerOutcome } from './read-outcomes.js';
import type { StoryEvent } from './read-story.js';

/** An event with what each consumer has made of it. */
export type ToldEvent = StoryEvent & { readonly consumers: readonly ConsumerOutcome[] };

/** `dev.millrace.lending.loan-application.kyc-requested.v1` as people read it. */
export function shortType(type: string): string {
  return type === '' ? '(no type)' : type.replace(/^(dev\.millrace\.)?lending\./, '').replace(/\.v1$/, '');
}

/** `lending.scoring.v1` 3 and 17 as `scoring/3@17`. */
export function place({ topic, partition, offset }: { topic: string; partition: number; offset: bigint }): string {
  return `${topic.replace(/^lending\.(.+)\.v\d+$/, '$1')}/${partition}@${offset}`;
}

const COLOURS = { handled: pico.green, parked: pico.red, discarded: pico.yellow, waiting: pico.cyan };

function outcomes(consumers: readonly ConsumerOutcome[]): string {
  if (consumers.length === 0) return '';
  return consumers.map(({ consumer, outcome, by }) => `${consumer} ${COLOURS[outcome](outcome)}${by ? ` (${by})` : ''}`).join('\n');
}

/** The story as a table whose second column is the tree of causes. */
export function storyAsTable(events: readonly ToldEvent[]): string {
  const rows = treeLines(causeTree(events)).map(({ branch, event }) => [
    event.at.toISOString(),
    `${branch}${shortType(event.type)}`,
    event.actor,
    place(event),
    outcomes(event.consumers),
  ]);
  const reasons = events.flatMap(({ eventId, consumers }) =>
    consumers.filter(({ reason }) => reason).map(({ consumer, outcome, reason }) => `${consumer} ${outcome} ${eventId}: ${reason}`),
  );
  return [table(['time', 'event', 'by', 'place', 'consumers'], rows), ...reasons].join('\n');
}

/** The story in time order, and the tree as ids only. */
export function storyAsJson(events: readonly ToldEvent[]): unknown {
  const ids = ({ event, led }: CauseNode<ToldEvent>): unknown => ({ eventId: event.eventId, led: led.map(ids) });
  return { events: inStoryOrder(events), tree: causeTree(events).map(ids) };
}
