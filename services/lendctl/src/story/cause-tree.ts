/** What decides the place of an event in the tree. */
export interface Caused {
  readonly eventId: string;
  /** Event or request that led to it. */
  readonly causedBy: string;
  readonly at: Date;
  readonly topic: string;
  readonly offset: bigint;
}

/** An event with what it led to. */
export interface CauseNode<E extends Caused> {
  readonly event: E;
  readonly led: readonly CauseNode<E>[];
}

/** By time; in one topic by offset, which is certain where clocks are not. */
export function inTimeOrder(a: Caused, b: Caused): number {
  if (a.topic === b.topic && a.offset !== b.offset) return a.offset < b.offset ? -1 : 1;
  return a.at.getTime() - b.at.getTime() || (a.topic < b.topic ? -1 : 1);
}

/** Makes a forest of events: those that a request or a timer caused are roots, every other stands below the event that led to it. */
export function causeTree<E extends Caused>(events: readonly E[]): CauseNode<E>[] {
  const known = new Map(events.map((event) => [event.eventId, event]));
  const children = new Map<string, E[]>();
  const roots: E[] = [];
  for (const event of events) {
    const cause = leadsBackToItself(event, known) ? undefined : known.get(event.causedBy);
    if (!cause) roots.push(event);
    else children.set(cause.eventId, [...(children.get(cause.eventId) ?? []), event]);
  }
  const grow = (event: E): CauseNode<E> => ({ event, led: (children.get(event.eventId) ?? []).sort(inTimeOrder).map(grow) });
  return roots.sort(inTimeOrder).map(grow);
}

/** Events by time, but never an effect before its cause: clocks of two services differ. */
export function inStoryOrder<E extends Caused>(events: readonly E[]): E[] {
  const known = new Map(events.map((event) => [event.eventId, event]));
  const placed = new Set<E>();
  for (const event of [...events].sort(inTimeOrder)) {
    const chain: E[] = [];
    for (let next: E | undefined = event; next && !placed.has(next) && !chain.includes(next); next = known.get(next.causedBy)) chain.push(next);
    for (const earlier of chain.reverse()) placed.add(earlier);
  }
  return [...placed];
}

/** A ring of causes can only come from a foreign writer; its events are shown as roots instead of not at all. */
function leadsBackToItself<E extends Caused>(event: E, known: ReadonlyMap<string, E>): boolean {
  const seen = new Set<string>();
  for (let next: E | undefined = event; next && !seen.has(next.eventId); next = known.get(next.causedBy)) {
    seen.add(next.eventId);
    if (next.causedBy === event.eventId) return true;
  }
  return false;
}

/** Nodes from the top down with the branches that lead to them, e.g. `│  └─ `. */
export function treeLines<E extends Caused>(nodes: readonly CauseNode<E>[]): { branch: string; event: E }[] {
  const below = (node: CauseNode<E>, indent: string): { branch: string; event: E }[] =>
    node.led.flatMap((child, index) => {
      const last = index === node.led.length - 1;
      return [{ branch: `${indent}${last ? '└─ ' : '├─ '}`, event: child.event }, ...below(child, `${indent}${last ? '   ' : '│  '}`)];
    });
  return nodes.flatMap((node) => [{ branch: '', event: node.event }, ...below(node, '')]);
}
