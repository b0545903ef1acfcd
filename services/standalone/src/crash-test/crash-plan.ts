import { seededRandom } from '@millrace/metrics';

/** One kill of the whole process. */
export interface Kill {
  /** From when it is counted: while the process starts up, or when it answers. */
  readonly from: 'start' | 'ready';
  readonly afterMs: number;
}

const SHARE_WHILE_STARTING = 0.2;
const MOST_STARTING_MS = 3_000;
const MOST_READY_MS = 8_000;

/** When the process is killed, from a seed alone. */
export function planKills(seed: number, count: number): Kill[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    // The first one always meets work in flight.
    const starting = random() < SHARE_WHILE_STARTING && index > 0;
    const afterMs = Math.round(random() * (starting ? MOST_STARTING_MS : MOST_READY_MS));
    return { from: starting ? 'start' : 'ready', afterMs };
  });
}
